package dev.odeon.datasets.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Sha256;
import dev.odeon.datasets.graphs.files.GraphDigest;
import dev.odeon.datasets.npz.NpzBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FetcherTest {
    private static final FetchTimeouts SHORT = new FetchTimeouts(Duration.ofSeconds(2), Duration.ofMillis(400));

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final byte[] contents = archive().compressed();
    private int requests;
    private HttpServer server = start();

    private static NpzBuilder archive() {
        return new NpzBuilder()
                .floats("adj_data", 1)
                .ints("adj_indices", 0)
                .ints("adj_indptr", 0, 1)
                .ints("adj_shape", 1, 1)
                .floats("attr_data", 1)
                .ints("attr_indices", 0)
                .ints("attr_indptr", 0, 1)
                .ints("attr_shape", 1, 1)
                .ints("labels", 0);
    }

    private HttpServer start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.setExecutor(threads);
            started.start();
            return started;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void forgetRequests() {
        requests = 0;
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpHandler handler) {
        server.createContext("/base/graphs/tiny.npz", exchange -> {
            requests++;
            handler.handle(exchange);
        });
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/base";
    }

    private Fetcher fetcher(String mirror) {
        Map<String, String> variables = new HashMap<>();
        variables.put("ODEON_HOME", folder.resolve("home").toString());
        variables.put("ODEON_MIRROR", mirror);
        return new Fetcher(new HostEnvironment(variables, "Linux", folder), SHORT);
    }

    private KnownDataset tiny() throws IOException {
        Path file = Files.write(folder.resolve("original.npz"), contents);
        return new KnownDataset(
                "tiny",
                "a graph of one node",
                URI.create("https://example.org/never-asked.npz"),
                contents.length,
                Sha256.of(file),
                Optional.of(GraphDigest.of(file)),
                "none",
                "graphs/tiny.npz");
    }

    private Path target() {
        return folder.resolve("home/data/graphs/tiny.npz");
    }

    @Test
    void aGoodFileArrivesOnceWithProgress() throws IOException {
        serve(exchange -> answer(exchange, 200, contents));
        List<Long> received = new ArrayList<>();
        Path file = fetcher(address()).fetch(tiny(), (now, expected) -> {
            assertThat(expected).isEqualTo(contents.length);
            received.add(now);
        });
        assertThat(file).isEqualTo(target()).hasBinaryContent(contents);
        assertThat(received).isSorted().endsWith((long) contents.length);
        assertThat(fetcher(address()).fetch(tiny(), FetchProgress.SILENT)).isEqualTo(target());
        assertThat(requests).as("the second time it comes from the cache").isEqualTo(1);
    }

    @Test
    void redirectsAreFollowedAndASlashMoreDoesNotMatter() throws IOException {
        server.createContext("/elsewhere", exchange -> answer(exchange, 200, contents));
        serve(exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            answer(exchange, 302, new byte[0]);
        });
        assertThat(fetcher(address() + "/").fetch(tiny(), FetchProgress.SILENT)).hasBinaryContent(contents);
    }

    @Test
    void theSameGraphPackedAnewIsAccepted() throws IOException {
        byte[] stored = archive().stored();
        serve(exchange -> answer(exchange, 200, stored));
        assertThat(fetcher(address()).fetch(tiny(), FetchProgress.SILENT)).hasBinaryContent(stored);
    }

    @Test
    void anotherFileIsRefusedAndNothingIsLeft() throws IOException {
        byte[] other = archive().ints("labels", 7).compressed();
        serve(exchange -> answer(exchange, 200, other));
        assertRefused(address(), "SHA-256", tiny().sha256());
    }

    @Test
    void anotherFileDoesNotReplaceAnOldOne() throws IOException {
        Files.createDirectories(target().getParent());
        Files.writeString(target(), "an old, damaged copy");
        serve(exchange -> answer(exchange, 200, "<html>login</html>".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> fetcher(address()).fetch(tiny(), FetchProgress.SILENT))
                .isInstanceOf(DataException.class);
        assertThat(target()).hasContent("an old, damaged copy");
    }

    @Test
    void aDamagedCopyInTheCacheIsReplaced() throws IOException {
        Files.createDirectories(target().getParent());
        Files.writeString(target(), "damaged");
        serve(exchange -> answer(exchange, 200, contents));
        assertThat(fetcher(address()).fetch(tiny(), FetchProgress.SILENT)).hasBinaryContent(contents);
    }

    @Test
    void aTransferThatBreaksOffIsRefused() {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, contents.length);
            exchange.getResponseBody().write(contents, 0, contents.length / 2);
            exchange.getResponseBody().flush();
            // Ends the connection, as the stream cannot be completed any more.
            throw new IOException("unplugged");
        });
        assertRefused(address(), "from http://127.0.0.1");
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, contents.length);
            exchange.getResponseBody().write(contents, 0, 10);
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertRefused(address(), "silence");
    }

    @Test
    void aMissingFileIsReported() {
        assertRefused(address(), "the answer 404");
    }

    @Test
    void anUnreachableServerIsReported() {
        String gone = address();
        server.stop(0);
        assertRefused(gone, "ConnectException");
        assertRefused("http://no-such-host.invalid", "from http://no-such-host.invalid/graphs/tiny.npz");
    }

    @Test
    void aMirrorThatIsNoAddressIsReported() {
        assertThatThrownBy(() -> fetcher("not an address").fetch(tiny(), FetchProgress.SILENT))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("ODEON_MIRROR is 'not an address'");
        assertThatThrownBy(() -> fetcher("ftp://example.org").fetch(tiny(), FetchProgress.SILENT))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("ODEON_MIRROR");
    }

    private void assertRefused(String mirror, String... parts) {
        assertThatThrownBy(() -> fetcher(mirror).fetch(tiny(), FetchProgress.SILENT))
                .isInstanceOf(DataException.class)
                .message()
                .contains("'tiny'", "try again later")
                .contains(parts)
                .doesNotContain("\n");
        assertThat(target().getParent()).isEmptyDirectory();
    }
}
