package dev.odeon.datasets;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Writes a file so that its name only ever stands for complete contents.
 *
 * <p>The contents go to a temporary file in the same folder, which is moved onto the name at the end. A failure or a kill
 * in between leaves the former file as it was.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** Fills the temporary file; the file exists and is empty when this is called. */
    @FunctionalInterface
    public interface Filler {
        /**
         * Writes the contents.
         *
         * @param temporary the file to fill
         * @throws IOException if writing fails; the temporary file is then removed
         */
        void fill(Path temporary) throws IOException;
    }

    /**
     * Replaces a file by new contents in one step, making the folders above it where they are missing.
     *
     * @param target the file to write
     * @param filler writes the contents to a temporary file beside it
     * @throws DataException if the folder or the file cannot be written
     */
    public static void write(Path target, Filler filler) {
        Path file = target.toAbsolutePath();
        Path folder = file.getParent();
        Path name = file.getFileName();
        if (folder == null || name == null || Files.isDirectory(file)) {
            throw DataException.of(target, "is a folder", "the name of a file to write", "give a file name");
        }
        try {
            Files.createDirectories(folder);
            // Not Files.createTempFile: its owner-only permissions would stay on the finished file.
            Path temporary = folder.resolve("." + name + "." + UUID.randomUUID() + ".part");
            try {
                Files.createFile(temporary);
                filler.fill(temporary);
                move(temporary, file);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw DataException.of(
                    target,
                    "cannot be written (" + reason(e) + ")",
                    "a folder with write permission and free space",
                    "choose another place",
                    e);
        }
    }

    /**
     * Gives a complete file its name, in one step where the file system can.
     *
     * @param from the file, in the same folder
     * @param to its name; an existing file is replaced
     * @throws IOException if that fails
     */
    public static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }
}
