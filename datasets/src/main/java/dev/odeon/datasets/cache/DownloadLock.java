package dev.odeon.datasets.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two downloads of one file apart, be they two threads or two processes.
 *
 * <p>The second waits for the first as long as that one receives bytes. The operating system lets go of the lock when a
 * process ends, however it ends; the empty lock file stays.
 */
final class DownloadLock {
    private static final long POLL_MILLIS = 50;
    // A process loses its lock when it closes any channel of the file: only one of its threads may open it at a time.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DownloadLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Waits until nobody else downloads, and keeps others out until closed.
     *
     * @param file the file that is locked; made, with the folders above it, where it is missing
     * @param part what the other download fills: it is alive as long as this changes
     * @param patience longest time without a change
     */
    static DownloadLock acquire(Path file, Path part, Duration patience) throws IOException, Transfer.Failure {
        Path absolute = file.toAbsolutePath().normalize();
        Files.createDirectories(absolute.resolveSibling(""));
        long received = -1;
        long lastNews = System.nanoTime();
        while (true) {
            DownloadLock lock = attempt(absolute);
            if (lock != null) {
                return lock;
            }
            long now = Transfer.size(part);
            if (now != received) {
                received = now;
                lastNews = System.nanoTime();
            } else if (System.nanoTime() - lastNews > patience.toNanos()) {
                throw new Transfer.Failure("another download at work, silent after " + received + " bytes,", null);
            }
            pause();
        }
    }

    private static @Nullable DownloadLock attempt(Path file) throws IOException {
        if (!HELD.add(file)) {
            return null;
        }
        DownloadLock lock = null;
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) != null) {
                lock = new DownloadLock(file, channel);
            } else {
                channel.close();
            }
            return lock;
        } finally {
            if (lock == null) {
                HELD.remove(file);
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this process through another class loader.
            return null;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void pause() throws Transfer.Failure {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Transfer.Failure("an interruption", e);
        }
    }

    /** Lets the next one in. */
    void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(file);
        }
    }
}
