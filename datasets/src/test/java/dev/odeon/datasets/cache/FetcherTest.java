package dev.odeon.datasets.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Sha256;
import dev.odeon.datasets.formats.GraphFormat;
import dev.odeon.datasets.graphs.files.GraphDigest;
import dev.odeon.datasets.npz.NpzBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class FetcherTest {
    // Long enough for a busy machine; only the test of silence waits for its end.
    private static final FetchTimeouts PATIENT = new FetchTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10));
    private static final FetchTimeouts IMPATIENT = new FetchTimeouts(Duration.ofMillis(100), Duration.ofMillis(300));
    private static final FetchTimeouts SHORT = new FetchTimeouts(Duration.ofSeconds(10), Duration.ofMillis(400));

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
        return fetcher(mirror, PATIENT);
    }

    private Fetcher fetcher(String mirror, FetchTimeouts timeouts) {
        Map<String, String> variables = new HashMap<>();
        variables.put("ODEON_HOME", folder.resolve("home").toString());
        variables.put("ODEON_MIRROR", mirror);
        return new Fetcher(new HostEnvironment(variables, "Linux", folder), timeouts);
    }

    private KnownDataset tiny() throws IOException {
        Path file = Files.write(folder.resolve("original.npz"), contents);
        return new KnownDataset(
                "tiny",
                "a graph of one node",
                "none",
                GraphFormat.uncounted(),
                List.of(KnownFile.ofEither(
                        "https://example.org/never-asked.npz",
                        contents.length,
                        Sha256.of(file),
                        new ContentDigest(ContentDigest.Kind.GRAPH, GraphDigest.of(file)),
                        "graphs/tiny.npz")));
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
        assertRefused(address(), "SHA-256", tiny().files().get(0).checksum().expected(target()));
        assertThat(target().getParent()).isEmptyDirectory();
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
        assertThatThrownBy(() -> fetcher(address(), SHORT).fetch(tiny(), FetchProgress.SILENT))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("silence after");
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
        assertThat(target()).doesNotExist();
    }

    private Path part() {
        return target().resolveSibling(".tiny.npz.part");
    }

    /** Answers like a server that knows ranges, and breaks off in the middle of the first answer. */
    private void serveInPieces(List<String> ranges) {
        serve(exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            ranges.add(String.valueOf(range));
            if (range == null) {
                exchange.sendResponseHeaders(200, contents.length);
                exchange.getResponseBody().write(contents, 0, contents.length / 2);
                exchange.getResponseBody().flush();
                throw new IOException("unplugged");
            }
            int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            if (from >= contents.length) {
                answer(exchange, 416, new byte[0]);
                return;
            }
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (contents.length - 1) + "/" + contents.length);
            answer(exchange, 206, Arrays.copyOfRange(contents, from, contents.length));
        });
    }

    @Test
    void aDownloadThatBrokeOffIsResumed() throws IOException {
        List<String> ranges = new ArrayList<>();
        serveInPieces(ranges);
        assertRefused(address(), "from http://127.0.0.1");
        assertThat(part()).exists();
        long have = Files.size(part());
        assertThat(have).isBetween(1L, contents.length / 2L);
        assertThat(fetcher(address()).fetch(tiny(), FetchProgress.SILENT)).hasBinaryContent(contents);
        assertThat(ranges).containsExactly("null", "bytes=" + have + "-");
        assertThat(part()).doesNotExist();
    }

    @Test
    void halfOfAnotherFileIsThrownAway() throws IOException {
        Files.createDirectories(target().getParent());
        Files.write(part(), new byte[10]);
        serve(exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            if (range == null) {
                answer(exchange, 200, contents);
                return;
            }
            exchange.getResponseHeaders().add("Content-Range", "bytes 10-" + (contents.length - 1) + "/*");
            answer(exchange, 206, Arrays.copyOfRange(contents, 10, contents.length));
        });
        assertThat(fetcher(address()).fetch(tiny(), FetchProgress.SILENT)).hasBinaryContent(contents);
        assertThat(requests).isEqualTo(2);
    }

    @Test
    void aServerWithoutRangesSendsAllAgain() throws IOException {
        Files.createDirectories(target().getParent());
        Files.write(part(), new byte[10]);
        serve(exchange -> answer(exchange, 200, contents));
        assertThat(fetcher(address()).fetch(tiny(), FetchProgress.SILENT)).hasBinaryContent(contents);
    }

    @Test
    void aPartThatIsTooLongIsBegunAnew() throws IOException {
        Files.createDirectories(target().getParent());
        Files.write(part(), new byte[contents.length + 5]);
        serve(exchange -> {
            if (exchange.getRequestHeaders().getFirst("Range") != null) {
                answer(exchange, 416, new byte[0]);
            } else {
                answer(exchange, 200, contents);
            }
        });
        assertThat(fetcher(address()).fetch(tiny(), FetchProgress.SILENT)).hasBinaryContent(contents);
    }

    @Test
    void aCompletePartNeedsNoServer() throws IOException {
        Files.createDirectories(target().getParent());
        Files.write(part(), contents);
        serve(exchange -> answer(exchange, 500, new byte[0]));
        assertThat(fetcher(address()).fetch(tiny(), FetchProgress.SILENT)).hasBinaryContent(contents);
        assertThat(requests).isZero();
        assertThat(part()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bytes 0-9/10", "bytes 10-19/1000", "bytes 10-5/1000", "lines 10-20/30"})
    void bytesThatWereNotAskedForAreNotTakenForTheRest(String range) throws IOException {
        Files.createDirectories(target().getParent());
        Files.write(part(), Arrays.copyOf(contents, 10));
        List<Long> received = new ArrayList<>();
        serve(exchange -> {
            if (exchange.getRequestHeaders().getFirst("Range") == null) {
                answer(exchange, 200, contents);
                return;
            }
            if (!range.isEmpty()) {
                exchange.getResponseHeaders().add("Content-Range", range);
            }
            answer(exchange, 206, Arrays.copyOfRange(contents, 10, 20));
        });
        assertThat(fetcher(address()).fetch(tiny(), (now, expected) -> received.add(now)))
                .hasBinaryContent(contents);
        assertThat(requests).isEqualTo(2);
        // Only the second answer was reported as an end.
        assertThat(received).isSorted().endsWith((long) contents.length);
    }

    @Test
    void aPartOfAFileIsNotTakenForTheWhole() {
        serve(exchange -> answer(exchange, 206, Arrays.copyOf(contents, 10)));
        assertRefused(address(), "the answer 206");
        assertThat(requests).isEqualTo(1);
    }

    @Test
    void aServerThatRefusesEveryRangeIsAskedTwice() throws IOException {
        Files.createDirectories(target().getParent());
        Files.write(part(), new byte[10]);
        serve(exchange -> answer(exchange, 416, new byte[0]));
        assertRefused(address(), "the answer 416");
        assertThat(requests).isEqualTo(2);
    }

    @Test
    void twoDownloadsAtATimeAreOne() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        serve(exchange -> {
            exchange.sendResponseHeaders(200, contents.length);
            exchange.getResponseBody().write(contents, 0, 10);
            exchange.getResponseBody().flush();
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.getResponseBody().write(contents, 10, contents.length - 10);
            exchange.close();
        });
        KnownDataset tiny = tiny();
        Future<Path> first = threads.submit(() -> fetcher(address()).fetch(tiny, FetchProgress.SILENT));
        begun.await();
        Future<Path> second = threads.submit(() -> fetcher(address()).fetch(tiny, FetchProgress.SILENT));
        Thread.sleep(200);
        assertThat(second.isDone()).isFalse();
        goOn.countDown();
        assertThat(first.get()).hasBinaryContent(contents);
        assertThat(second.get()).hasBinaryContent(contents);
        assertThat(requests).isEqualTo(1);
        assertThat(target().getParent()).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aDownloadOfAnotherProcessIsWaitedForAsLongAsItGoesOn() throws Exception {
        serve(exchange -> answer(exchange, 200, contents));
        Path lock = Files.createDirectories(folder.resolve("home/locks")).resolve("graphs.tiny.npz.lock");
        Process other = LockHolder.start(lock);
        try {
            assertThatThrownBy(() -> fetcher(address(), IMPATIENT).fetch(tiny(), FetchProgress.SILENT))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("'tiny': another download at work, silent after 0 bytes");
            assertThat(requests).isZero();
        } finally {
            other.destroyForcibly().waitFor();
        }
        // The system let go of the lock when the other process died.
        assertThat(fetcher(address()).fetch(tiny(), FetchProgress.SILENT)).hasBinaryContent(contents);
    }

    /** The same graph, of which nobody knows the checksum. */
    private static KnownDataset unknown() {
        return new KnownDataset(
                "tiny",
                "a graph of one node",
                "none",
                GraphFormat.uncounted(),
                List.of(KnownFile.unverified(
                        "https://example.org/never-asked.npz", 1, ContentDigest.Kind.GRAPH, "graphs/tiny.npz")));
    }

    @Test
    void aFileWithoutAKnownChecksumIsPinnedAtItsFirstDownload() throws IOException {
        byte[] other = archive().ints("labels", 7).compressed();
        List<byte[]> served = new ArrayList<>(List.of(contents));
        serve(exchange -> answer(exchange, 200, served.get(0)));
        assertThat(fetcher(address()).fetch(unknown(), FetchProgress.SILENT)).hasBinaryContent(contents);
        Path pin = target().resolveSibling("tiny.npz.sha256");
        assertThat(pin).hasContent(Sha256.of(target()) + "  tiny.npz");
        fetcher(address()).fetch(unknown(), FetchProgress.SILENT);
        assertThat(requests).isEqualTo(1);

        // The copy is lost, and the server has another file now.
        Files.delete(target());
        served.set(0, other);
        assertThatThrownBy(() -> fetcher(address()).fetch(unknown(), FetchProgress.SILENT))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("as at the first download (delete " + pin + " to trust another file)");
        assertThat(target()).doesNotExist();
        Files.delete(pin);
        assertThat(fetcher(address()).fetch(unknown(), FetchProgress.SILENT)).hasBinaryContent(other);
    }

    @Test
    void whatIsNoGraphIsNotTrusted() {
        serve(exchange -> answer(exchange, 200, "<html>login</html>".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> fetcher(address()).fetch(unknown(), FetchProgress.SILENT))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a file of 18 bytes")
                .hasMessageContaining("expected a file that can be read (its checksum is not known)");
        assertThat(target().getParent()).isEmptyDirectory();
    }

    @Test
    void aDamagedPinIsNotTakenForNone() throws IOException {
        Files.createDirectories(target().getParent());
        Path pin = Files.writeString(target().resolveSibling("tiny.npz.sha256"), "nonsense");
        serve(exchange -> answer(exchange, 200, contents));
        assertThatThrownBy(() -> fetcher(address()).fetch(unknown(), FetchProgress.SILENT))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(pin + ": no checksum; expected 64 hexadecimal digits; delete it");
    }

    @Test
    void allFilesOfADataSetAreFetched() throws IOException {
        KnownFile first = tiny().files().get(0);
        KnownFile second = KnownFile.packed(
                "https://example.org/never-asked.txt",
                4,
                new ContentDigest(
                        ContentDigest.Kind.UNPACKED, Sha256.of(Files.writeString(folder.resolve("t"), "text"))),
                "graphs/second.txt");
        server.createContext(
                "/base/graphs/second.txt", exchange -> answer(exchange, 200, "text".getBytes(StandardCharsets.UTF_8)));
        serve(exchange -> answer(exchange, 200, contents));
        KnownDataset both =
                new KnownDataset("tiny", "two files", "none", GraphFormat.uncounted(), List.of(first, second));
        List<Long> received = new ArrayList<>();
        assertThat(fetcher(address()).fetch(both, (now, expected) -> received.add(now)))
                .isEqualTo(target());
        assertThat(target().resolveSibling("second.txt")).hasContent("text");
        assertThat(received).isSorted().endsWith(contents.length + 4L);
    }

    @Test
    void whatOnlyAMirrorHasIsSaidSo() {
        KnownDataset mirrored = new KnownDataset(
                "rare",
                "a file",
                "none",
                GraphFormat.uncounted(),
                List.of(KnownFile.mirrored(3, "0".repeat(64), "rare.csv")));
        assertThatThrownBy(() -> fetcher("").fetch(mirrored, FetchProgress.SILENT))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'rare' has no address of its publishers for rare.csv")
                .hasMessageContaining("set ODEON_MIRROR");
    }
}
