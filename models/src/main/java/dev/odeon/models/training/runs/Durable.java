package dev.odeon.models.training.runs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Waits until files are on the disk itself, so that a loss of power finds them whole. */
final class Durable {

    private Durable() {}

    /** Forces the files in a folder, then the folder. */
    static void folder(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            file(file);
        }
        entries(folder);
    }

    /** Forces the contents of a file. */
    static void file(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Forces the names in a folder, where the system can open a folder at all. */
    static void entries(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            // Windows: a folder cannot be opened, its names are written through.
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }
}
