package dev.odeon.datasets.cache;

import dev.odeon.datasets.AtomicFile;
import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Sha256;
import dev.odeon.datasets.graphs.files.GraphDigest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Downloads data sets into the cache, and accepts nothing but the right file.
 *
 * <p>The file is written under another name, compared with the checksum of the catalogue, and moved to its place; whatever
 * goes wrong before, nothing is left behind. The environment variable {@code ODEON_MIRROR} names a base address to use
 * instead of the publishers', below which the files are laid out as in a data folder.
 */
public final class Fetcher {
    /** The environment variable that names another server. */
    public static final String MIRROR = "ODEON_MIRROR";

    private static final long POLL_MILLIS = 50;
    // A file that was packed anew may be larger than the one we know, but not without bound.
    private static final long SLACK_BYTES = 64L << 20;

    private final HostEnvironment environment;
    private final FetchTimeouts timeouts;
    private final HttpClient client;

    /**
     * Makes a fetcher.
     *
     * @param environment tells the cache folder and the mirror
     * @param timeouts when to give up
     */
    public Fetcher(HostEnvironment environment, FetchTimeouts timeouts) {
        this.environment = Objects.requireNonNull(environment, "environment");
        this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
        client = HttpClient.newBuilder()
                .connectTimeout(timeouts.connect())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /**
     * Brings a data set into the cache, unless it is there already.
     *
     * @param dataset what to fetch
     * @param progress told how far it is
     * @return the file in the cache
     * @throws DataException if the server cannot be reached, has no such file, stops half-way, or sends another file
     */
    public Path fetch(KnownDataset dataset, FetchProgress progress) {
        Path target = DataLocator.cachedData(environment).resolve(dataset.location());
        if (Files.isRegularFile(target) && accepted(dataset, target)) {
            return target;
        }
        URI address = address(dataset);
        AtomicFile.write(target, temporary -> {
            download(dataset, address, temporary, progress);
            if (!accepted(dataset, temporary)) {
                throw failed(
                        dataset,
                        address,
                        "a file of " + Files.size(temporary) + " bytes with SHA-256 " + Sha256.of(temporary),
                        "SHA-256 " + dataset.sha256(),
                        null);
            }
        });
        return target;
    }

    private URI address(KnownDataset dataset) {
        Optional<String> mirror = environment.variable(MIRROR);
        if (mirror.isEmpty()) {
            return dataset.origin();
        }
        String base = mirror.get();
        try {
            URI address = URI.create((base.endsWith("/") ? base : base + "/") + dataset.location());
            HttpRequest.newBuilder(address);
            return address;
        } catch (IllegalArgumentException e) {
            throw new DataException(
                    MIRROR + " is '" + base
                            + "'; expected an address such as https://example.org/data; correct or unset it",
                    e);
        }
    }

    private static boolean accepted(KnownDataset dataset, Path file) {
        if (Sha256.of(file).equals(dataset.sha256())) {
            return true;
        }
        try {
            return dataset.graphSha256().isPresent()
                    && GraphDigest.of(file).equals(dataset.graphSha256().get());
        } catch (DataException e) {
            return false;
        }
    }

    private void download(KnownDataset dataset, URI address, Path temporary, FetchProgress progress)
            throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(timeouts.connect()).build();
        CompletableFuture<HttpResponse<Path>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofFile(temporary));
        try {
            HttpResponse<Path> response = await(dataset, address, answer, temporary, progress);
            if (response.statusCode() != 200) {
                throw failed(dataset, address, "the answer " + response.statusCode(), "the file", null);
            }
            progress.report(Files.size(temporary), Math.max(dataset.bytes(), Files.size(temporary)));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw failed(dataset, address, reason(cause), "the file", cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(dataset, address, "an interruption", "the file", e);
        } finally {
            answer.cancel(true);
        }
    }

    /** Waits for the end of the download, as long as bytes keep coming. */
    private HttpResponse<Path> await(
            KnownDataset dataset,
            URI address,
            CompletableFuture<HttpResponse<Path>> answer,
            Path temporary,
            FetchProgress progress)
            throws IOException, InterruptedException, ExecutionException {
        long received = -1;
        long lastNews = System.nanoTime();
        while (true) {
            try {
                return answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long now = Files.size(temporary);
                if (now != received) {
                    received = now;
                    lastNews = System.nanoTime();
                    progress.report(received, dataset.bytes());
                }
                if (received > dataset.bytes() + SLACK_BYTES) {
                    throw failed(
                            dataset, address, "more than " + received + " bytes", dataset.bytes() + " bytes", null);
                }
                // Before the first byte the limit of the request applies as well.
                if (System.nanoTime() - lastNews > timeouts.silence().toNanos()) {
                    throw failed(dataset, address, "silence after " + received + " bytes", "the file", null);
                }
            }
        }
    }

    private static DataException failed(
            KnownDataset dataset, URI address, String found, String expected, @Nullable Throwable cause) {
        return new DataException(
                "data set '" + dataset.name() + "': " + found + " from " + address + "; expected " + expected
                        + "; try again later, set " + MIRROR + " to another server, or give --data FILE",
                cause);
    }

    private static String reason(Throwable cause) {
        String kind = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? kind : kind + " (" + cause.getMessage() + ")";
    }
}
