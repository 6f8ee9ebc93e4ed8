package dev.odeon.datasets.npz;

import dev.odeon.datasets.DataException;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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
 * <p>Arrays are read on demand, as int, float or double arrays: booleans, integers of 1, 2, 4 and 8 bytes and floats of 4
 * and 8 bytes, in either byte order. Arrays of two dimensions must be in C order. Texts and Python objects may be in the
 * archive but cannot be read.
 *
 * <p>Every error about the file is a {@link DataException}. A damaged byte in an array that is read is always noticed, by
 * the checksum of the archive; a size that the file cannot hold is noticed before memory is taken for it.
 */
public final class NpzFile implements Closeable {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
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
     * Reads the header of an array.
     *
     * @param array its name
     * @return type, order and shape
     * @throws DataException if the array is missing or damaged
     */
    public NpyHeader header(String array) {
        return read(array, (in, header, entry) -> header);
    }

    /**
     * Reads an array of whole numbers of any size.
     *
     * @param array its name
     * @return the numbers, row by row
     * @throws DataException if the array is missing, damaged, not of whole numbers, or a number does not fit
     */
    public int[] ints(String array) {
        return read(array, (in, header, entry) -> {
            ElementKind kind = kind(array, header);
            if (!kind.isIntegral()) {
                throw wrong(array, "type " + header.type(), "whole numbers");
            }
            int[] values = new int[count(array, header, kind, entry)];
            numbers(in, header, kind, values.length, (bytes, i) -> {
                long value = kind.integer(bytes);
                if (value != (int) value) {
                    throw wrong(array, "the number " + value, "numbers that fit 32 bits");
                }
                values[i] = (int) value;
            });
            return values;
        });
    }

    /**
     * Reads an array of numbers of any type, rounded to float32.
     *
     * @param array its name
     * @return the numbers, row by row
     * @throws DataException if the array is missing, damaged or not of numbers
     */
    public float[] floats(String array) {
        return read(array, (in, header, entry) -> {
            ElementKind kind = kind(array, header);
            float[] values = new float[count(array, header, kind, entry)];
            numbers(in, header, kind, values.length, (bytes, i) -> values[i] = (float) kind.real(bytes));
            return values;
        });
    }

    /**
     * Reads an array of numbers of any type as float64.
     *
     * @param array its name
     * @return the numbers, row by row
     * @throws DataException if the array is missing, damaged or not of numbers
     */
    public double[] doubles(String array) {
        return read(array, (in, header, entry) -> {
            ElementKind kind = kind(array, header);
            double[] values = new double[count(array, header, kind, entry)];
            numbers(in, header, kind, values.length, (bytes, i) -> values[i] = kind.real(bytes));
            return values;
        });
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw DataException.of(path, "cannot be closed", EXPECTED, "check the disk", e);
        }
    }

    /** Reads something from an array whose header was read already. */
    private interface Body<T> {
        T read(InputStream in, NpyHeader header, ZipEntry entry) throws IOException;
    }

    /** Takes the next number from {@code bytes} as element i. */
    private interface Sink {
        void take(ByteBuffer bytes, int i);
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
            T result = body.read(in, header(array, in), entry);
            // The header alone is not the whole entry: drain it only where the numbers were read.
            if (!(result instanceof NpyHeader) && (in.read() >= 0 || checksum.getValue() != entry.getCrc())) {
                throw wrong(array, "bytes that do not agree with their checksum", "intact ones");
            }
            return result;
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw DataException.of(
                    path, "array '" + array + "' is damaged or truncated", "an intact archive", REMEDY, e);
        }
    }

    private NpyHeader header(String array, InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        for (byte expected : MAGIC) {
            if (data.readByte() != expected) {
                throw wrong(array, "no array header", "an .npy array");
            }
        }
        int major = data.readUnsignedByte();
        int minor = data.readUnsignedByte();
        if (major < 1 || major > 3 || minor != 0) {
            throw wrong(array, "format version " + major + "." + minor, "1.0, 2.0 or 3.0");
        }
        int length = major == 1
                ? Short.toUnsignedInt(Short.reverseBytes(data.readShort()))
                : Integer.reverseBytes(data.readInt());
        if (length < 0 || length > LONGEST_HEADER) {
            throw wrong(array, "a header of " + Integer.toUnsignedString(length) + " bytes", "a short one");
        }
        byte[] text = new byte[length];
        data.readFully(text);
        return HeaderParser.parse(new String(text, major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
    }

    private ElementKind kind(String array, NpyHeader header) {
        String type = header.type();
        if (type.length() == 3 && "<>|=".indexOf(type.charAt(0)) >= 0) {
            ElementKind kind = ElementKind.of(type.charAt(1), type.charAt(2) - '0');
            if (kind != null) {
                return kind;
            }
        }
        throw wrong(array, "type " + type, "booleans, integers or floats");
    }

    /** {@return the number of elements, after checking that the entry really has room for them} */
    private int count(String array, NpyHeader header, ElementKind kind, ZipEntry entry) {
        long elements = header.elements();
        long bytes = Math.multiplyExact(elements, (long) kind.bytes());
        long room = Math.min(fileSize, Math.max(0, entry.getCompressedSize()));
        long most = entry.getMethod() == ZipEntry.STORED ? room : (room + 1) * BEST_COMPRESSION;
        if (elements > Integer.MAX_VALUE - 8 || bytes > entry.getSize() || bytes > most) {
            throw wrong(array, "a shape of " + header.shape(), "one that fits its " + entry.getSize() + " bytes");
        }
        if (header.fortranOrder() && header.shape().size() > 1) {
            throw wrong(array, "Fortran order", "C order; save it with numpy.ascontiguousarray");
        }
        return (int) elements;
    }

    private static void numbers(InputStream in, NpyHeader header, ElementKind kind, int count, Sink sink)
            throws IOException {
        byte[] chunk = new byte[1 << 16];
        ByteBuffer bytes = ByteBuffer.wrap(chunk)
                .order(header.type().charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int perChunk = chunk.length / kind.bytes();
        for (int first = 0; first < count; first += perChunk) {
            int now = Math.min(perChunk, count - first);
            int length = now * kind.bytes();
            if (in.readNBytes(chunk, 0, length) != length) {
                throw new IOException("too few bytes");
            }
            bytes.clear();
            for (int i = 0; i < now; i++) {
                sink.take(bytes, first + i);
            }
        }
    }

    private DataException wrong(String array, String found, String expected) {
        return DataException.of(path, "array '" + array + "' with " + found, expected, REMEDY);
    }
}
