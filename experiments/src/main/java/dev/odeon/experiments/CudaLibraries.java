package dev.odeon.experiments;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of the libraries that TensorFlow's GPU build opens are in the path of Linux's dynamic linker.
 *
 * @param found names of the libraries that are there
 * @param missing names of those that are not
 * @param driver whether NVIDIA's driver is there
 */
record CudaLibraries(List<String> found, List<String> missing, boolean driver) {

    private static final String DRIVER = "libcuda.so.1";

    private static final List<String> NEEDED = List.of(
            "libcudart.so.12",
            "libcublas.so.12",
            "libcublasLt.so.12",
            "libcufft.so.11",
            "libcusolver.so.11",
            "libcusparse.so.12",
            "libcudnn.so.9");

    private static final List<Path> USUAL_FOLDERS = List.of(
            Path.of("/lib64"),
            Path.of("/usr/lib64"),
            Path.of("/lib"),
            Path.of("/usr/lib"),
            Path.of("/usr/lib/x86_64-linux-gnu"));

    CudaLibraries {
        found = List.copyOf(found);
        missing = List.copyOf(missing);
    }

    /** Looks where the linker looks: LD_LIBRARY_PATH, its cache, the usual folders. */
    static CudaLibraries find() {
        List<Path> named =
                List.of(System.getenv().getOrDefault("LD_LIBRARY_PATH", "").split(File.pathSeparator, -1)).stream()
                        .filter(folder -> !folder.isBlank())
                        .map(Path::of)
                        .toList();
        Set<String> cached = linkerCache();
        List<String> found = NEEDED.stream()
                .filter(library -> present(library, named, cached))
                .toList();
        List<String> missing =
                NEEDED.stream().filter(library -> !found.contains(library)).toList();
        return new CudaLibraries(found, missing, present(DRIVER, named, cached));
    }

    private static boolean present(String library, List<Path> named, Set<String> cached) {
        return cached.contains(library)
                || named.stream().anyMatch(folder -> Files.exists(folder.resolve(library)))
                || USUAL_FOLDERS.stream().anyMatch(folder -> Files.exists(folder.resolve(library)));
    }

    /** The names in the linker's cache; none where it cannot be asked. */
    private static Set<String> linkerCache() {
        Path program = Path.of("/sbin/ldconfig");
        if (!Files.isExecutable(program)) {
            return Set.of();
        }
        try {
            Process process = new ProcessBuilder(program.toString(), "-p")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String listing = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return listing.lines()
                    .map(String::strip)
                    .filter(line -> line.contains(" => "))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            return Set.of();
        }
    }
}
