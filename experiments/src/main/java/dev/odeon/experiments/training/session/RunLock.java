package dev.odeon.experiments.training.session;

import dev.odeon.datasets.DataException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other trainings out of a folder while one is at work there.
 *
 * <p>The operating system lets go of the lock when the process ends, however it ends; the empty file stays.
 */
final class RunLock {

    /** The file that is locked. */
    static final String NAME = "lock";

    private RunLock() {}

    /**
     * Works while holding the lock of a folder, which is made where it is missing.
     *
     * @return what the work returns
     * @throws IllegalArgumentException if another training holds the lock
     * @throws DataException if the file cannot be written
     */
    static int holding(Path folder, IntSupplier work) {
        Path file = folder.resolve(NAME);
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                if (lock(channel) == null) {
                    throw new IllegalArgumentException("Another training is at work in " + folder
                            + ": wait for its end, or name another folder with --out");
                }
                return work.getAsInt();
            }
        } catch (IOException e) {
            throw DataException.of(
                    file, "cannot be locked", "a folder you may write to", "name another folder with --out", e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
            return null;
        }
    }
}
