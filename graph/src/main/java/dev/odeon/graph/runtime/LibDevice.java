package dev.odeon.graph.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code libdevice.10.bc} of the CUDA toolkit, without which XLA compiles no exp, tanh or square root for a GPU.
 *
 * <p>No library on Maven Central brings it. XLA reads it from the first of these folders that has {@code nvvm/libdevice}: the
 * one that {@code --xla_gpu_cuda_data_dir} in XLA_FLAGS names ({@code cuda_sdk_lib} in the working folder without it),
 * {@code /usr/local/cuda}, {@code /opt/cuda}, and three next to TensorFlow's own library; then from the working folder itself. It
 * does not ask CUDA_HOME. On the CPU XLA does without the file.
 */
public final class LibDevice {

    private static final String FILE = "libdevice.10.bc";
    private static final Path FOLDER = Path.of("nvvm", "libdevice");
    private static final Pattern FLAG = Pattern.compile("--xla_gpu_cuda_data_dir=(\\S+)");
    private static final List<String> INSTALLED = List.of("/usr/local/cuda", "/opt/cuda");
    private static final List<String> BESIDE_TENSORFLOW =
            List.of("../nvidia/cuda_nvcc", "../../nvidia/cuda_nvcc", "cuda");
    private static final String LIBRARY = "libtensorflow_cc.so";
    /** Where people say that their toolkit is; XLA looks at none of them. */
    private static final List<String> TOOLKITS = List.of("CUDA_DIR", "CUDA_HOME", "CUDA_PATH");

    private static final class Holder {
        static final boolean PRESENT =
                find(roots(System.getenv(), tensorFlow()), Path.of("")).isPresent();
    }

    private LibDevice() {}

    /** Whether XLA will find the file; looked for once. */
    public static boolean present() {
        return Holder.PRESENT;
    }

    /** What to do where it is missing, in one line. */
    public static String remedy() {
        return remedy(System.getenv());
    }

    static String remedy(Map<String, String> environment) {
        String set = "set XLA_FLAGS=--xla_gpu_cuda_data_dir=";
        return TOOLKITS.stream()
                .flatMap(name -> Optional.ofNullable(environment.get(name)).stream())
                .flatMap(text -> path(text).stream())
                .filter(root -> Files.isReadable(root.resolve(FOLDER).resolve(FILE)))
                .findFirst()
                .map(root -> set + root)
                .orElse("install the CUDA toolkit 12, or its package nvidia-cuda-nvcc-cu12 of PyPI, and " + set
                        + "FOLDER, the one that holds nvvm/libdevice");
    }

    /**
     * Looks for the file as XLA does.
     *
     * @param roots folders that may hold nvvm/libdevice, the first of which counts
     * @param working where XLA looks if none does
     */
    static Optional<Path> find(List<Path> roots, Path working) {
        Path folder = roots.stream()
                .map(root -> root.resolve(FOLDER))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(working);
        return Optional.of(folder.resolve(FILE)).filter(Files::isReadable);
    }

    /**
     * Where XLA looks.
     *
     * @param tensorFlow the folder of TensorFlow's library, empty if it is not known
     */
    static List<Path> roots(Map<String, String> environment, Optional<Path> tensorFlow) {
        List<Path> roots = new ArrayList<>();
        String named = "cuda_sdk_lib";
        Matcher flag = FLAG.matcher(flags(environment.getOrDefault("XLA_FLAGS", "")));
        while (flag.find()) {
            named = flag.group(1); // the last one counts
        }
        path(named).ifPresent(roots::add);
        INSTALLED.forEach(root -> roots.add(Path.of(root)));
        tensorFlow.ifPresent(folder -> BESIDE_TENSORFLOW.forEach(root -> roots.add(folder.resolve(root))));
        return roots;
    }

    /** XLA_FLAGS holds flags, or names a file of them. */
    private static String flags(String text) {
        if (text.isBlank() || text.strip().startsWith("-")) {
            return text;
        }
        Optional<Path> file = path(text.strip());
        try {
            return file.isPresent() ? Files.readString(file.get()) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** The folder of TensorFlow's library, which Linux tells of each library that the process has loaded. */
    private static Optional<Path> tensorFlow() {
        Path maps = Path.of("/proc/self/maps");
        try {
            return Files.readAllLines(maps).stream()
                    .filter(line -> line.contains(LIBRARY) && line.contains("/"))
                    .map(line -> Path.of(line.substring(line.indexOf('/'))))
                    .flatMap(file -> Optional.ofNullable(file.getParent()).stream())
                    .findFirst();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
