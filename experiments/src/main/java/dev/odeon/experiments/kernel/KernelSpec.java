package dev.odeon.experiments.kernel;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What Jupyter must know to start a Java kernel with Odeon: the contents of {@code kernel.json}.
 *
 * <p>The same for rapaio-jupyter-kernel, JJava and IJava: each starts by its jar and a connection file, and reads its own
 * variable of the class path. Source: Jupyter client, Making kernels for Jupyter, kernel specs.
 *
 * @param argv the command; Jupyter puts a file in the place of {@code {connection_file}}
 * @param displayName what a user chooses the kernel by
 * @param language of the cells
 * @param interruptMode how a cell is stopped
 * @param env variables that the kernel starts with
 */
@JsonPropertyOrder({"argv", "display_name", "language", "interrupt_mode", "env"})
record KernelSpec(
        @JsonProperty("argv") List<String> argv,
        @JsonProperty("display_name") String displayName,
        @JsonProperty("language") String language,
        @JsonProperty("interrupt_mode") String interruptMode,
        @JsonProperty("env") Map<String, String> env) {

    private static final int NATIVE_ACCESS = 22;
    private static final int UNSAFE_MEMORY = 23;
    /** rapaio-jupyter-kernel splits by it on all systems. */
    private static final String RAPAIO_SEPARATOR = ";";

    /** Those that the launcher sets, with what they are where it does not run. */
    private static final Map<String, String> VARIABLES = Map.of(
            "TF_CPP_MIN_LOG_LEVEL", "2",
            "TF_DETERMINISTIC_OPS", "1",
            "NVIDIA_TF32_OVERRIDE", "0",
            "XLA_FLAGS", "");

    KernelSpec {
        argv = List.copyOf(argv);
        env = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }

    /**
     * A kernel that runs as this program does.
     *
     * @param java the program that starts Java
     * @param feature its version, such as 17
     * @param jar of the kernel
     * @param classPath of Odeon, with the separator of this system
     * @param environment of this program
     * @throws IllegalArgumentException if a name on the class path would be read as two
     */
    static KernelSpec of(
            String displayName, Path java, int feature, Path jar, String classPath, Map<String, String> environment) {
        List<String> argv = new ArrayList<>();
        argv.add(java.toString());
        argv.addAll(flags(feature));
        argv.add("-jar");
        argv.add(jar.toAbsolutePath().normalize().toString());
        argv.add("{connection_file}");
        List<String> entries = Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(classPath)
                .filter(entry -> !entry.isBlank())
                .map(entry -> Path.of(entry).toAbsolutePath().normalize().toString())
                .toList();
        for (String entry : entries) {
            if (entry.contains(RAPAIO_SEPARATOR)) {
                throw new IllegalArgumentException("The name " + entry + " on the class path contains '"
                        + RAPAIO_SEPARATOR + "', at which kernels split it: move it to a folder without");
            }
        }
        Map<String, String> env = new LinkedHashMap<>();
        env.put("IJAVA_CLASSPATH", String.join(File.pathSeparator, entries));
        env.put("JJAVA_CLASSPATH", String.join(File.pathSeparator, entries));
        env.put("RJK_CLASSPATH", String.join(RAPAIO_SEPARATOR, entries));
        VARIABLES.keySet().stream().sorted().forEach(name -> {
            String value = environment.getOrDefault(name, VARIABLES.getOrDefault(name, ""));
            if (!value.isEmpty()) {
                env.put(name, value);
            }
        });
        return new KernelSpec(argv, displayName, "java", "message", env);
    }

    /** What the launcher also gives to Java; and kernels reach into the shell of the JDK. */
    static List<String> flags(int feature) {
        List<String> flags = new ArrayList<>(List.of(
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Dorg.slf4j.simpleLogger.log.org.apache.arrow=warn"));
        if (feature >= NATIVE_ACCESS) {
            flags.add("--enable-native-access=ALL-UNNAMED");
        }
        if (feature >= UNSAFE_MEMORY) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return flags;
    }
}
