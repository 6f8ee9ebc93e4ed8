package dev.odeon.datasets.npz;

import dev.odeon.datasets.DataException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * One array in a NumPy .npy file of its own.
 *
 * <p>Numbers of the same types as in {@link NpzFile}, and like there in C order. The size of the file must be that of the header and the
 * numbers. Such files have no checksum: a flipped bit inside a number cannot be noticed here, only by {@code Sha256}.
 */
public final class NpyFile {
    private static final String EXPECTED = "a NumPy .npy file";
    private static final String REMEDY = "download or write the file again";

    private final Path path;
    private final NpyHeader header;

    private NpyFile(Path path, NpyHeader header) {
        this.path = path;
        this.header = header;
    }

    /**
     * Opens a file and reads its header.
     *
     * @param path the file
     * @return the array, whose numbers are read when they are asked for
     * @throws DataException if it is missing or no such file
     */
    public static NpyFile open(Path path) {
        return new NpyFile(path, read(path, (stream, header, room) -> header));
    }

    /** {@return type, order and shape} */
    public NpyHeader header() {
        return header;
    }

    /**
     * Reads the numbers as float64.
     *
     * @return the numbers, row by row
     * @throws DataException if the file is damaged or holds no numbers
     */
    public double[] doubles() {
        return read(path, (stream, found, room) -> stream.doubles(found, room));
    }

    /**
     * Reads the numbers, rounded to float32.
     *
     * @return the numbers, row by row
     * @throws DataException if the file is damaged or holds no numbers
     */
    public float[] floats() {
        return read(path, (stream, found, room) -> stream.floats(found, room));
    }

    /**
     * Reads whole numbers.
     *
     * @return the numbers, row by row
     * @throws DataException if the file is damaged, holds other numbers, or one that does not fit
     */
    public int[] ints() {
        return read(path, (stream, found, room) -> stream.ints(found, room));
    }

    /**
     * Reads whole numbers.
     *
     * @return the numbers, row by row
     * @throws DataException if the file is damaged, holds other numbers, or one of 2^63 or more
     */
    public long[] longs() {
        return read(path, (stream, found, room) -> stream.longs(found, room));
    }

    /**
     * Reads an array of float64 from bytes in memory.
     *
     * @param path the file they come from, for messages
     * @param bytes a whole .npy file
     * @return its header and numbers
     * @throws DataException if they are damaged or hold no numbers
     */
    public static Numbers read(Path path, byte[] bytes) {
        return read(
                path,
                new ByteArrayInputStream(bytes),
                bytes.length,
                (stream, header, room) -> new Numbers(header, stream.doubles(header, room)));
    }

    /**
     * An array in memory.
     *
     * @param header its type, order and shape
     * @param values its numbers, row by row; not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // Bulk data: a defensive copy of every access would double the memory.
    public record Numbers(NpyHeader header, double[] values) {}

    /** Reads something after the header. */
    private interface Body<T> {
        T read(NpyStream stream, NpyHeader header, NpyStream.Room room) throws IOException;
    }

    private static <T> T read(Path path, Body<T> body) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            return read(path, in, Files.size(path), body);
        } catch (NoSuchFileException e) {
            throw DataException.of(path, "no such file", EXPECTED, "check the path", e);
        } catch (IOException e) {
            throw DataException.of(path, "cannot be read (" + e + ")", EXPECTED, "check the path", e);
        }
    }

    private static <T> T read(Path path, InputStream in, long size, Body<T> body) {
        try {
            NpyStream stream = new NpyStream(path, String.valueOf(path.getFileName()), in);
            NpyHeader header = stream.header();
            T result = body.read(stream, header, new NpyStream.Room(size, size));
            if (!(result instanceof NpyHeader) && in.read() >= 0) {
                throw DataException.of(path, "bytes after the last number", EXPECTED, REMEDY);
            }
            return result;
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw DataException.of(path, "damaged or truncated", EXPECTED, REMEDY, e);
        }
    }
}
