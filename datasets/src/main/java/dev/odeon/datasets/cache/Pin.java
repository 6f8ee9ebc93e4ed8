package dev.odeon.datasets.cache;

import dev.odeon.datasets.AtomicFile;
import dev.odeon.datasets.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The checksum of a file as it was at the first download: {@code NAME.sha256} beside it, as {@code sha256sum -c} reads it.
 *
 * @param path where it is kept
 * @param name of the file it belongs to
 */
public record Pin(Path path, String name) {
    /** {@return the pin of a file, which need not exist yet} */
    public static Pin of(Path file) {
        String name = String.valueOf(file.getFileName());
        return new Pin(file.resolveSibling(name + ".sha256"), name);
    }

    /**
     * Reads the checksum.
     *
     * @return its digits, if the file was pinned
     * @throws DataException if the pin is damaged
     */
    public Optional<String> sha256() {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try {
            String digits = Files.readString(path).split(" ", 2)[0];
            if (digits.matches("[0-9a-f]{64}")) {
                return Optional.of(digits);
            }
            throw DataException.of(path, "no checksum", "64 hexadecimal digits", "delete it to pin the file anew");
        } catch (IOException e) {
            throw DataException.of(
                    path, "cannot be read", "64 hexadecimal digits", "delete it to pin the file anew", e);
        }
    }

    void write(String sha256) {
        AtomicFile.write(path, temporary -> Files.writeString(temporary, sha256 + "  " + name + "\n"));
    }
}
