package dev.odeon.datasets.archives;

import dev.odeon.datasets.DataException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Opens a file for reading, whether it is plain or compressed with gzip or xz.
 *
 * <p>The first bytes tell which, not the name. Both formats carry checksums: a damaged byte is noticed at the end of the
 * stream at the latest. Every stream is therefore read to its end, whether or not the reader wants all of it.
 */
public final class CompressedFile {
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
    private static final int XZ_MEMORY_KIB = 128 << 10;

    private CompressedFile() {}

    /** Takes the contents of a file. */
    @FunctionalInterface
    public interface Body<T> {
        /**
         * Reads.
         *
         * @param in the contents, unpacked; closed afterwards
         * @return whatever was made of them
         * @throws IOException if reading or unpacking fails
         */
        T read(InputStream in) throws IOException;
    }

    /**
     * Reads a file.
     *
     * @param path the file
     * @param most bytes it may unfold to; more are an error
     * @param body takes its contents
     * @return what the body made of them
     * @throws DataException if the file is missing, damaged or larger than {@code most}
     */
    public static <T> T read(Path path, long most, Body<T> body) {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(path));
                InputStream in = new BoundedStream(path, unpack(raw), most)) {
            T result = body.read(in);
            // What is left still carries the checksum of the compression.
            in.transferTo(OutputStream.nullOutputStream());
            return result;
        } catch (NoSuchFileException e) {
            throw DataException.of(path, "no such file", "a readable file", "check the path", e);
        } catch (DataException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw DataException.of(
                    path,
                    "damaged or truncated (" + reason(e) + ")",
                    "an intact file",
                    "download or write it again",
                    e);
        }
    }

    /**
     * Reads how a file begins; what follows is not looked at.
     *
     * @param path the file
     * @param most bytes wanted
     * @return the first bytes, unpacked
     * @throws IOException if the file is missing, or its beginning is damaged
     */
    public static byte[] start(Path path, int most) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(path));
                InputStream in = unpack(raw)) {
            return in.readNBytes(most);
        }
    }

    private static InputStream unpack(InputStream raw) throws IOException {
        PushbackInputStream in = new PushbackInputStream(raw, XZ.length);
        byte[] start = in.readNBytes(XZ.length);
        in.unread(start);
        if (Arrays.equals(start, XZ)) {
            return new XZInputStream(in, XZ_MEMORY_KIB);
        }
        if (Arrays.equals(Arrays.copyOf(start, GZIP.length), GZIP)) {
            return gunzip(in);
        }
        return in;
    }

    /** Unpacks gzip: one part or several; Java's own reader takes a damaged second part for the end. */
    static InputStream gunzip(InputStream in) throws IOException {
        return GzipCompressorInputStream.builder()
                .setInputStream(in)
                .setDecompressConcatenated(true)
                .get();
    }

    /** {@return why reading failed, also where Java's own exceptions do not say} */
    static String reason(Exception e) {
        String message = e.getMessage();
        if (message != null) {
            return message;
        }
        return e instanceof EOFException ? "it ends too early" : e.getClass().getSimpleName();
    }
}
