package dev.odeon.experiments.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The modules of the project, found by their folders. */
final class Modules {

    private Modules() {}

    /** Their names, which are those of their folders. */
    static List<String> names() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(".."))) {
            return folders.filter(folder -> Files.isDirectory(sources(folder)))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** The folders of their main sources. */
    static List<Path> sources() throws IOException {
        return names().stream().map(Modules::sources).toList();
    }

    /** The folder of the main sources of one of them. */
    static Path sources(String module) {
        return sources(Path.of("..", module));
    }

    private static Path sources(Path folder) {
        return folder.resolve("src").resolve("main").resolve("java");
    }
}
