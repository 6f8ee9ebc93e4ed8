package dev.odeon.experiments.architecture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What this build made, as a repository of Maven's in which somebody else's project finds it. */
final class InstalledArtifacts {

    private static final String VERSION = System.getProperty("odeon.version", "");

    private InstalledArtifacts() {}

    /**
     * Installs some modules, with the parent of all.
     *
     * @param repository an empty folder
     * @param modules each on the class path, as a jar or, where nothing is packaged yet, as a folder
     */
    static void install(Path repository, List<String> modules) throws IOException {
        Files.copy(Path.of("..", "pom.xml"), file(repository, "odeon", ".pom"));
        for (String module : modules) {
            String artifact = "odeon-" + module;
            Files.copy(Path.of("..", module, "pom.xml"), file(repository, artifact, ".pom"));
            Path jar = file(repository, artifact, ".jar");
            Path built = built(module);
            if (Files.isDirectory(built)) {
                pack(built, jar);
            } else {
                Files.copy(built, jar);
            }
        }
    }

    private static Path file(Path repository, String artifact, String ending) throws IOException {
        Path folder = repository.resolve(Path.of("dev", "odeon", artifact, VERSION));
        return Files.createDirectories(folder).resolve(artifact + "-" + VERSION + ending);
    }

    private static Path built(String module) {
        Path folder = Path.of(module, "target", "classes");
        return ClassPath.entries().stream()
                .filter(entry -> entry.endsWith(folder)
                        || entry.getFileName().toString().equals("odeon-" + module + "-" + VERSION + ".jar"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("odeon-" + module + " is not on the class path"));
    }

    private static void pack(Path classes, Path jar) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(classes)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Path file : files) {
                zip.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
            }
        }
    }
}
