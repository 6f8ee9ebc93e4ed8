package dev.odeon.datasets.cache;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Another process that holds the lock of a file until it is killed. */
final class LockHolder {
    private LockHolder() {}

    /** {@return the process, once it has the lock} */
    static Process start(Path file) throws IOException, URISyntaxException {
        Path classes = Path.of(LockHolder.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes.toString(),
                        LockHolder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.getInputStream().read() != '.') {
            throw new IOException("the other process has no lock");
        }
        return process;
    }

    /**
     * Locks the file named by the first argument.
     *
     * @param arguments the file
     */
    public static void main(String[] arguments) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            System.out.print(lock.isValid() ? '.' : '!');
            System.out.flush();
            // Until the one who started it is gone, or kills it.
            while (System.in.read() >= 0) {}
        }
    }
}
