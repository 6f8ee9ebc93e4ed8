package dev.odeon.datasets.cache;

import dev.odeon.datasets.AtomicFile;
import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Downloads data sets into the cache, and accepts nothing but the right files.
 *
 * <p>A file is received under another name, compared with the digests of the catalogue, and moved to its place in one
 * step. A download that breaks off is kept beside it ({@code .NAME.part}) and resumed by the next call; what turns out to
 * be another file is thrown away. Of two downloads of one file at a time, in one process or in two, the second waits for the
 * first. The environment variable {@code ODEON_MIRROR} names a base address to use instead of the
 * publishers', below which the files are laid out as in a data folder.
 */
public final class Fetcher {
    /** The environment variable that names another server. */
    public static final String MIRROR = "ODEON_MIRROR";

    private final HostEnvironment environment;
    private final FetchTimeouts timeouts;
    private final Transfer transfer;

    /**
     * Makes a fetcher.
     *
     * @param environment tells the cache folder and the mirror
     * @param timeouts when to give up
     */
    public Fetcher(HostEnvironment environment, FetchTimeouts timeouts) {
        this.environment = Objects.requireNonNull(environment, "environment");
        this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
        transfer = new Transfer(timeouts);
    }

    /**
     * Brings a data set into the cache, as far as it is not there already.
     *
     * @param dataset what to fetch
     * @param progress told how far it is, over all files
     * @return the first file of the data set in the cache
     * @throws DataException if the server cannot be reached, has no such file, stops half-way, or sends another file
     */
    public Path fetch(KnownDataset dataset, FetchProgress progress) {
        Path folder = DataLocator.cachedData(environment);
        long before = 0;
        for (KnownFile file : dataset.files()) {
            long done = before;
            long rest = dataset.bytes() - file.bytes();
            fetch(
                    dataset,
                    file,
                    folder.resolve(file.location()),
                    (received, expected) -> progress.report(done + received, rest + expected));
            before += file.bytes();
        }
        return folder.resolve(dataset.location());
    }

    private void fetch(KnownDataset dataset, KnownFile file, Path target, FetchProgress progress) {
        if (isThere(file, target, target)) {
            file.checksum().accepted(target);
            return;
        }
        URI address = address(dataset, file);
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            Files.createDirectories(folder(target));
            DownloadLock lock = lock(dataset, file, address, part);
            try {
                // While this waited for the lock another download may have brought the file.
                if (!isThere(file, target, target)) {
                    if (!isThere(file, part, target)) {
                        download(dataset, file, address, part, target, progress);
                    }
                    AtomicFile.move(part, target);
                    file.checksum().accepted(target);
                }
            } finally {
                lock.close();
            }
        } catch (IOException e) {
            throw DataException.of(
                    target,
                    "cannot be written (" + e + ")",
                    "a folder with write permission and free space",
                    "choose another place",
                    e);
        }
    }

    private DownloadLock lock(KnownDataset dataset, KnownFile file, URI address, Path part) throws IOException {
        Path lock = CacheFolder.of(environment)
                .resolve("locks")
                .resolve(file.location().replace('/', '.') + ".lock");
        try {
            return DownloadLock.acquire(lock, part, timeouts.connect().plus(timeouts.silence()));
        } catch (Transfer.Failure e) {
            throw failed(dataset, address, String.valueOf(e.getMessage()), "its end", e.getCause());
        }
    }

    private void download(
            KnownDataset dataset, KnownFile file, URI address, Path part, Path target, FetchProgress progress)
            throws IOException {
        boolean resumed = Transfer.size(part) > 0;
        receive(dataset, file, address, part, progress);
        if (resumed && !isThere(file, part, target)) {
            // The file may have changed at the server since the first half came.
            Files.delete(part);
            receive(dataset, file, address, part, progress);
        }
        if (!isThere(file, part, target)) {
            String found = "a file of " + Files.size(part) + " bytes with SHA-256 " + Sha256.of(part);
            Files.delete(part);
            throw failed(dataset, address, found, file.checksum().expected(target), null);
        }
    }

    /** {@return whether the right file lies at a path, be it where it belongs or on the way} */
    private static boolean isThere(KnownFile file, Path path, Path target) {
        return Files.isRegularFile(path) && file.checksum().accepts(path, target);
    }

    private void receive(KnownDataset dataset, KnownFile file, URI address, Path part, FetchProgress progress)
            throws IOException {
        try {
            transfer.receive(address, part, file.bytes(), progress);
        } catch (Transfer.Failure e) {
            if (Files.isRegularFile(part) && Files.size(part) == 0) {
                Files.delete(part);
            }
            throw failed(dataset, address, String.valueOf(e.getMessage()), "the file", e.getCause());
        }
    }

    private static Path folder(Path target) {
        return target.toAbsolutePath().resolveSibling("");
    }

    private URI address(KnownDataset dataset, KnownFile file) {
        Optional<String> mirror = environment.variable(MIRROR);
        if (mirror.isEmpty()) {
            return file.origin()
                    .orElseThrow(() -> new DataException("data set '" + dataset.name()
                            + "' has no address of its publishers for " + file.location() + "; expected a mirror; set "
                            + MIRROR + " or put the file into the folder in " + DataLocator.VARIABLE));
        }
        String base = mirror.get();
        try {
            URI address = URI.create((base.endsWith("/") ? base : base + "/") + file.location());
            HttpRequest.newBuilder(address);
            return address;
        } catch (IllegalArgumentException e) {
            throw new DataException(
                    MIRROR + " is '" + base
                            + "'; expected an address such as https://example.org/data; correct or unset it",
                    e);
        }
    }

    private static DataException failed(
            KnownDataset dataset, URI address, String found, String expected, @Nullable Throwable cause) {
        return new DataException(
                "data set '" + dataset.name() + "': " + found + " from " + address + "; expected " + expected
                        + "; try again later, set " + MIRROR + " to another server, or give --data FILE",
                cause);
    }
}
