package dev.odeon.datasets.arrow;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.columns.TableContents;
import dev.odeon.datasets.arrow.ipc.StreamParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The record batches of an Arrow IPC stream, one table at a time, as they arrive from a socket, a pipe or another process.
 *
 * <p>Each batch is read into memory of its own, which the table keeps; one copy more makes a tensor. For a stream in a
 * file, {@link ArrowTable#open} maps it instead. Dictionaries may grow and
 * change between batches.
 *
 * <p>A stream ends with a marker. The format also lets a producer just close the connection, but then a stream that was cut
 * off between two batches looks complete: {@link End} says which ends are accepted. After a failure every further call
 * fails the same way.
 */
public final class ArrowStream implements Iterator<ArrowTable>, AutoCloseable {
    private static final int MOST_HEADER = 1 << 24;
    private static final int CHUNK = 1 << 24;

    private final Path name;
    private final InputStream in;
    private final End end;
    private final StreamParser parser;
    private @Nullable ArrowTable next;
    private @Nullable RuntimeException failure;
    private boolean over;

    /** How a stream may end. */
    public enum End {
        /** With the marker of the format: what was cut off is noticed. */
        MARKER,
        /** Also between two batches, without a marker: for producers that close the connection instead. */
        MARKER_OR_CLOSE
    }

    private ArrowStream(Path name, InputStream in, End end) {
        this.name = name;
        this.in = in;
        this.end = end;
        this.parser = new StreamParser(name);
    }

    /**
     * Begins to read a stream that ends with the marker.
     *
     * @param name what it is called in messages
     * @param in the bytes; closed with this
     * @return the batches, to be closed by the caller
     */
    public static ArrowStream read(String name, InputStream in) {
        return read(name, in, End.MARKER);
    }

    /**
     * Begins to read a stream.
     *
     * @param name what it is called in messages
     * @param in the bytes; closed with this
     * @param end how it may end
     * @return the batches, to be closed by the caller
     */
    public static ArrowStream read(String name, InputStream in, End end) {
        return new ArrowStream(Path.of(name), in, Objects.requireNonNull(end, "end"));
    }

    /**
     * Reads the next batch, if there is one.
     *
     * @throws DataException if the stream breaks off, is damaged, or ends in another way than was allowed
     */
    @Override
    public boolean hasNext() {
        if (failure != null) {
            throw failure;
        }
        try {
            while (next == null && !over) {
                advance();
            }
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
        return next != null;
    }

    @Override
    public ArrowTable next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("no more batches in " + name);
        }
        ArrowTable table = next;
        next = null;
        return table;
    }

    private void advance() {
        try {
            byte[] first = in.readNBytes(Integer.BYTES);
            if (first.length == 0) {
                parser.requireSchema();
                requireMarker();
            }
            int length = first.length == 0 ? 0 : headerLength(first);
            if (length == 0) {
                over = true;
                parser.requireSchema();
                return;
            }
            if (length > MOST_HEADER) {
                throw parser.damaged("a header of " + length + " bytes");
            }
            ByteBuffer header = bytes(length);
            ByteBuffer body = bytes(parser.bodyLength(header));
            TableContents contents = parser.message(header, body);
            if (contents != null) {
                next = new ArrowTable(name, contents);
            }
        } catch (IOException e) {
            throw DataException.of(name, "the stream broke off (" + e + ")", "an Arrow IPC stream", "send it again", e);
        }
    }

    private int headerLength(byte[] first) throws IOException {
        boolean[] taken = new boolean[1];
        return parser.<IOException>headerLength(() -> {
            byte[] next = taken[0] ? in.readNBytes(Integer.BYTES) : first;
            taken[0] = true;
            return next;
        });
    }

    private void requireMarker() {
        if (end == End.MARKER) {
            throw DataException.of(
                    name,
                    "an end without its marker",
                    "all batches and the marker",
                    "send it again, or read it with MARKER_OR_CLOSE if its producer only closes");
        }
    }

    /** Takes memory as bytes arrive, not as the sender claims they will. */
    private ByteBuffer bytes(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(Math.min(length, CHUNK));
        byte[] chunk = new byte[Math.min(length, 1 << 16)];
        int received = 0;
        while (received < length) {
            int n = in.readNBytes(chunk, 0, Math.min(chunk.length, length - received));
            if (n == 0) {
                throw parser.damaged("an end after " + received + " of " + length + " bytes");
            }
            if (received + n > bytes.capacity()) {
                ByteBuffer larger =
                        ByteBuffer.allocateDirect((int) Math.min(length, 2L * Math.max(bytes.capacity(), n)));
                larger.put(0, bytes, 0, received);
                bytes = larger;
            }
            bytes.put(received, chunk, 0, n);
            received += n;
        }
        return bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw DataException.of(name, "cannot be closed", "an Arrow IPC stream", "check the connection", e);
        }
    }
}
