package dev.odeon.datasets.cache;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Receives a file over HTTP, going on where an earlier attempt stopped. */
final class Transfer {
    private static final long POLL_MILLIS = 50;
    // A file that was packed anew may be larger than the one we know, but not without bound.
    private static final long SLACK_BYTES = 64L << 20;
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_REFUSED = 416;

    private final FetchTimeouts timeouts;
    private final HttpClient client;

    /** Says why nothing, or not everything, came. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        Failure(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    Transfer(FetchTimeouts timeouts) {
        this.timeouts = timeouts;
        client = HttpClient.newBuilder()
                .connectTimeout(timeouts.connect())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /**
     * Receives what is missing of a file.
     *
     * @param address where from
     * @param part what came so far, if anything; completed by this call, or left longer than it was
     * @param bytes size of the whole file, about
     * @param progress told how far it is
     */
    void receive(URI address, Path part, long bytes, FetchProgress progress) throws IOException, Failure {
        long have = Files.isRegularFile(part) ? Files.size(part) : 0;
        int status = attempt(address, part, have, bytes, progress);
        if (status == RANGE_REFUSED && have > 0) {
            // Nothing is left to send, or the file is another one now: begin anew, and let the digest judge.
            Files.delete(part);
            status = attempt(address, part, 0, bytes, progress);
        }
        if (status != OK && status != PARTIAL) {
            throw new Failure("the answer " + status, null);
        }
        progress.report(Files.size(part), Math.max(bytes, Files.size(part)));
    }

    private int attempt(URI address, Path part, long have, long bytes, FetchProgress progress)
            throws IOException, Failure {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(timeouts.connect());
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        CompletableFuture<HttpResponse<Path>> answer = client.sendAsync(request.build(), into(part, have));
        try {
            return await(answer, part, bytes, progress).statusCode();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new Failure(reason(cause), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("an interruption", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static BodyHandler<Path> into(Path part, long have) {
        return response -> {
            boolean goesOn = response.statusCode() == PARTIAL
                    && response.headers()
                            .firstValue("Content-Range")
                            .filter(range -> range.startsWith("bytes " + have + "-"))
                            .isPresent();
            if (goesOn) {
                return BodySubscribers.ofFile(part, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            }
            if (response.statusCode() == OK) {
                return BodySubscribers.ofFile(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
            }
            // An explanation of the failure: not for the file.
            return BodySubscribers.replacing(part);
        };
    }

    /** Waits for the end of the download, as long as bytes keep coming. */
    private HttpResponse<Path> await(
            CompletableFuture<HttpResponse<Path>> answer, Path part, long bytes, FetchProgress progress)
            throws IOException, InterruptedException, ExecutionException, Failure {
        long received = -1;
        long lastNews = System.nanoTime();
        while (true) {
            try {
                return answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long now = Files.isRegularFile(part) ? Files.size(part) : 0;
                if (now != received) {
                    received = now;
                    lastNews = System.nanoTime();
                    progress.report(received, Math.max(bytes, received));
                }
                if (received > bytes + SLACK_BYTES) {
                    throw new Failure("more than " + received + " bytes instead of " + bytes, null);
                }
                // Before the first byte the limit of the request applies as well.
                if (System.nanoTime() - lastNews > timeouts.silence().toNanos()) {
                    throw new Failure("silence after " + received + " bytes", null);
                }
            }
        }
    }

    private static String reason(Throwable cause) {
        String kind = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? kind : kind + " (" + cause.getMessage() + ")";
    }
}
