package dev.odeon.datasets.cache;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
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
        long have = size(part);
        Answer answer = attempt(address, part, have, bytes, progress);
        if (have > 0 && answer.kind == Kind.OTHER_BYTES) {
            // Nothing is left to send, the server counts otherwise, or the file is another one now: begin anew, once,
            // and
            // let the digest judge.
            Files.delete(part);
            answer = attempt(address, part, 0, bytes, progress);
        }
        if (answer.kind != Kind.USABLE) {
            throw new Failure("the answer " + answer.status, null);
        }
        progress.report(size(part), Math.max(bytes, size(part)));
    }

    /** {@return the bytes in a file, 0 if there is none} */
    static long size(Path file) throws IOException {
        return Files.isRegularFile(file) ? Files.size(file) : 0;
    }

    /** What can be done with an answer. */
    private enum Kind {
        /** All bytes that were asked for. */
        USABLE,
        /** Bytes that were not asked for, or none because the file has no such bytes. */
        OTHER_BYTES,
        /** An explanation of a failure. */
        FAILURE
    }

    /** The status of an answer, and what it is good for. */
    private record Answer(int status, Kind kind) {
        static Answer of(int status, HttpHeaders headers, long have) {
            return new Answer(
                    status,
                    switch (status) {
                        case OK -> Kind.USABLE;
                        case PARTIAL ->
                            have > 0
                                            && ContentRange.of(headers)
                                                    .filter(range -> range.isRestFrom(have))
                                                    .isPresent()
                                    ? Kind.USABLE
                                    : Kind.OTHER_BYTES;
                        case RANGE_REFUSED -> Kind.OTHER_BYTES;
                        default -> Kind.FAILURE;
                    });
        }
    }

    private Answer attempt(URI address, Path part, long have, long bytes, FetchProgress progress)
            throws IOException, Failure {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(timeouts.connect());
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        CompletableFuture<HttpResponse<@Nullable Path>> answer = client.sendAsync(request.build(), into(part, have));
        try {
            HttpResponse<@Nullable Path> complete = await(answer, part, bytes, progress);
            return Answer.of(complete.statusCode(), complete.headers(), have);
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

    private static BodyHandler<@Nullable Path> into(Path part, long have) {
        return response -> {
            Answer answer = Answer.of(response.statusCode(), response.headers(), have);
            if (answer.kind != Kind.USABLE) {
                return BodySubscribers.replacing(null);
            }
            return answer.status == PARTIAL
                    ? BodySubscribers.ofFile(part, StandardOpenOption.WRITE, StandardOpenOption.APPEND)
                    : BodySubscribers.ofFile(
                            part,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING);
        };
    }

    /** Waits for the end of the download, as long as bytes keep coming. */
    private HttpResponse<@Nullable Path> await(
            CompletableFuture<HttpResponse<@Nullable Path>> answer, Path part, long bytes, FetchProgress progress)
            throws IOException, InterruptedException, ExecutionException, Failure {
        long received = -1;
        long lastNews = System.nanoTime();
        while (true) {
            try {
                return answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long now = size(part);
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
