package dev.odeon.datasets.arrow.ipc;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.odeon.datasets.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks the compressed buffers of one file or stream.
 *
 * <p>A compressed buffer begins with its unpacked size, int64; -1 there says that it was left as it is. What all buffers
 * together may unfold to is bounded by the size of what was read: {@value #RATIO} times as much, and 256 MiB.
 */
final class Unpacking {
    private static final long RATIO = 1024;
    private static final int CHUNK = 1 << 16;
    private static final long UNCOMPRESSED = -1;

    private final Path path;
    private long left = 256L << 20;

    Unpacking(Path path) {
        this.path = path;
    }

    /** Says that a batch of some bytes was read: it may unfold to so much more. */
    void admit(long bytes) {
        left = Math.addExact(left, Math.multiplyExact(RATIO, bytes));
    }

    /**
     * Unpacks a buffer.
     *
     * @param packed the buffer as it stands in the batch
     * @param compression how the batch says it is compressed, or null
     * @return the bytes, little-endian, in direct memory; the same buffer if it is not compressed
     */
    ByteBuffer unpack(ByteBuffer packed, @Nullable BodyCompression compression) {
        if (compression == null || packed.capacity() == 0) {
            return packed;
        }
        if (compression.method() != BodyCompressionMethod.BUFFER) {
            throw unknown("method number " + compression.method());
        }
        if (packed.capacity() < Long.BYTES) {
            throw damaged("a compressed buffer of " + packed.capacity() + " bytes");
        }
        long size = packed.getLong(0);
        ByteBuffer content = packed.slice(Long.BYTES, packed.capacity() - Long.BYTES);
        if (size == UNCOMPRESSED) {
            return content.order(ByteOrder.LITTLE_ENDIAN);
        }
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw damaged("a compressed buffer of " + size + " bytes");
        }
        left -= size;
        if (left < 0) {
            throw DataException.of(
                    path,
                    "buffers that unfold to more than " + RATIO + " times their size",
                    "less",
                    "write the file without compression");
        }
        byte[] bytes = new byte[content.capacity()];
        content.get(bytes);
        try (InputStream in = open(new ByteArrayInputStream(bytes), compression.codec())) {
            return read(in, (int) size);
        } catch (IOException | IllegalArgumentException e) {
            throw DataException.of(
                    path,
                    "a compressed buffer that is damaged (" + e.getMessage() + ")",
                    "an intact one",
                    "write or fetch the file again",
                    e);
        }
    }

    private InputStream open(InputStream in, byte codec) throws IOException {
        return switch (codec) {
            case CompressionType.LZ4_FRAME -> new FramedLZ4CompressorInputStream(in);
            case CompressionType.ZSTD -> new ZstdInputStreamNoFinalizer(in);
            default -> throw unknown("codec number " + codec);
        };
    }

    /** Takes memory as bytes come out, not as the file claims they will. */
    private ByteBuffer read(InputStream in, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(Math.min(size, 1 << 20));
        byte[] chunk = new byte[Math.min(size, CHUNK) + 1];
        int received = 0;
        while (true) {
            int count = in.readNBytes(chunk, 0, chunk.length);
            if (count == 0) {
                break;
            }
            if (count > size - received) {
                throw new IOException("more than " + size + " bytes");
            }
            if (received + count > bytes.capacity()) {
                ByteBuffer larger = ByteBuffer.allocateDirect(
                        (int) Math.min(size, Math.max(2L * bytes.capacity(), received + count)));
                larger.put(0, bytes, 0, received);
                bytes = larger;
            }
            bytes.put(received, chunk, 0, count);
            received += count;
        }
        if (received < size) {
            throw new IOException(received + " of " + size + " bytes");
        }
        return bytes.slice(0, size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private DataException unknown(String what) {
        return DataException.of(
                path, "compression by " + what, "LZ4 frames or ZSTD", "write the file without compression");
    }

    private DataException damaged(String found) {
        return DataException.of(path, found, "one of a size that fits", "write or fetch the file again");
    }
}
