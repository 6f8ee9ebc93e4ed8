package dev.odeon.datasets.arrow;

import dev.odeon.datasets.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The record batches of an Arrow IPC stream, one table at a time, as they arrive from a socket, a pipe or another process.
 *
 * <p>Each batch is read into memory of its own, which the table keeps; one copy more makes a tensor. For a stream in a
 * file, {@link ArrowTable#open} maps it instead. Uncompressed and little-endian, without dictionaries.
 */
public final class ArrowStream implements Iterator<ArrowTable>, AutoCloseable {
    private static final int MOST_HEADER = 1 << 24;
    private static final int CHUNK = 1 << 24;

    private final Path name;
    private final InputStream in;
    private final StreamParser parser;
    private @Nullable ArrowTable next;
    private boolean over;

    private ArrowStream(Path name, InputStream in) {
        this.name = name;
        this.in = in;
        this.parser = new StreamParser(name);
    }

    /**
     * Begins to read a stream.
     *
     * @param name what it is called in messages
     * @param in the bytes; closed with this
     * @return the batches, to be closed by the caller
     */
    public static ArrowStream read(String name, InputStream in) {
        return new ArrowStream(Path.of(name), in);
    }

    @Override
    public boolean hasNext() {
        while (next == null && !over) {
            advance();
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
            byte[] prefix = in.readNBytes(2 * Integer.BYTES);
            int length = prefix.length == 0 ? 0 : parser.headerLength(prefix);
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
