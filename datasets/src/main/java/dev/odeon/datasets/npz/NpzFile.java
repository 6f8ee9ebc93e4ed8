package dev.odeon.datasets.npz;

import dev.odeon.datasets.DataException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The arrays in a NumPy .npz archive, compressed or not.
 *
 * <p>Arrays are read on demand, as int, long, float or double arrays: booleans, integers of 1, 2, 4 and 8 bytes, with and
 * without sign, and floats of 4 and 8 bytes, in either byte order; or as texts. Unsigned numbers of 2^63 and more are refused. Numbers
 * come out in C order, the last index fastest, whichever order the file has them in. Python objects may be in the archive
 * but cannot be read.
 *
 * <p>Every error about the file is a {@link DataException}. A damaged byte in an array that is read is always noticed, by
 * the checksum of the archive; a size that the file cannot hold is noticed before memory is taken for it.
 */
public final class NpzFile implements Closeable {
    // Deflate cannot do better than 1032 to 1: an entry that claims more is lying.
    private static final long BEST_COMPRESSION = 1032;
    private static final String EXPECTED = "a NumPy .npz archive";
    private static final String REMEDY = "download or write the file again";

    private final Path path;
    private final ZipFile zip;
    private final long fileSize;

    private NpzFile(Path path, ZipFile zip, long fileSize) {
        this.path = path;
        this.zip = zip;
        this.fileSize = fileSize;
    }

    /**
     * Opens an archive.
     *
     * @param path the file
     * @return the archive, to be closed by the caller
     * @throws DataException if it is missing, truncated or no archive
     */
    public static NpzFile open(Path path) {
        try {
            long size = Files.size(path);
            return new NpzFile(path, new ZipFile(path.toFile()), size);
        } catch (NoSuchFileException e) {
            throw DataException.of(path, "no such file", EXPECTED, "check the path", e);
        } catch (IOException | RuntimeException e) {
            // A garbled directory makes ZipFile throw IllegalArgumentException for some names.
            throw DataException.of(path, "not a zip file, or a truncated one", EXPECTED, REMEDY, e);
        }
    }

    /** {@return the names of all arrays, without the ending .npy} */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        zip.stream().map(ZipEntry::getName).forEach(name -> {
            if (name.endsWith(".npy")) {
                names.add(name.substring(0, name.length() - 4));
            }
        });
        return names;
    }

    /** {@return whether there is an array of this name} */
    public boolean contains(String array) {
        return zip.getEntry(array + ".npy") != null;
    }

    /**
     * Whether an array is one of texts.
     *
     * @param array its name
     * @return true if it can be read by {@link #texts} only
     * @throws DataException if the array is missing or damaged
     */
    public boolean holdsTexts(String array) {
        return header(array).type().matches("[<>|=][US]\\d+");
    }

    /**
     * Reads the header of an array.
     *
     * @param array its name
     * @return type, order and shape
     * @throws DataException if the array is missing or damaged
     */
    public NpyHeader header(String array) {
        return read(array, (stream, room) -> stream.header());
    }

    /**
     * Reads an array of whole numbers of any size.
     *
     * @param array its name
     * @return the numbers, row by row
     * @throws DataException if the array is missing, damaged, not of whole numbers, or a number does not fit
     */
    public int[] ints(String array) {
        return read(array, (stream, room) -> stream.ints(stream.header(), room));
    }

    /**
     * Reads an array of whole numbers of any size.
     *
     * @param array its name
     * @return the numbers, row by row
     * @throws DataException if the array is missing, damaged, not of whole numbers, or a number is 2^63 or more
     */
    public long[] longs(String array) {
        return read(array, (stream, room) -> stream.longs(stream.header(), room));
    }

    /**
     * Reads an array of numbers of any type, rounded to float32.
     *
     * @param array its name
     * @return the numbers, row by row
     * @throws DataException if the array is missing, damaged or not of numbers
     */
    public float[] floats(String array) {
        return read(array, (stream, room) -> stream.floats(stream.header(), room));
    }

    /**
     * Reads an array of numbers of any type as float64.
     *
     * @param array its name
     * @return the numbers, row by row
     * @throws DataException if the array is missing, damaged or not of numbers
     */
    public double[] doubles(String array) {
        return read(array, (stream, room) -> stream.doubles(stream.header(), room));
    }

    /**
     * Reads an array of texts of fixed width.
     *
     * @param array its name
     * @return the texts, row by row, without the zeros that fill them up
     * @throws DataException if the array is missing, damaged or not of texts
     */
    public String[] texts(String array) {
        return read(array, (stream, room) -> stream.texts(stream.header(), room));
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw DataException.of(path, "cannot be closed", EXPECTED, "check the disk", e);
        }
    }

    /** Reads something from the stream of an array. */
    private interface Body<T> {
        T read(NpyStream stream, NpyStream.Room room) throws IOException;
    }

    private <T> T read(String array, Body<T> body) {
        ZipEntry entry = zip.getEntry(array + ".npy");
        if (entry == null) {
            throw DataException.of(
                    path, "arrays " + names(), "an array called '" + array + "'", "use a file of the right kind");
        }
        CRC32 checksum = new CRC32();
        try (InputStream raw = zip.getInputStream(entry);
                CheckedInputStream in = new CheckedInputStream(raw, checksum)) {
            T result = body.read(new NpyStream(path, array, in), room(entry));
            // The header alone is not the whole entry: drain it only where the numbers were read.
            if (!(result instanceof NpyHeader) && (in.read() >= 0 || checksum.getValue() != entry.getCrc())) {
                throw NpyStream.wrong(
                        path, array, "bytes that do not agree with their checksum", "intact ones", REMEDY);
            }
            return result;
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw DataException.of(
                    path, "array '" + array + "' is damaged or truncated", "an intact archive", REMEDY, e);
        }
    }

    private NpyStream.Room room(ZipEntry entry) {
        long compressed = Math.min(fileSize, Math.max(0, entry.getCompressedSize()));
        long most = entry.getMethod() == ZipEntry.STORED ? compressed : (compressed + 1) * BEST_COMPRESSION;
        return new NpyStream.Room(entry.getSize(), most);
    }
}
