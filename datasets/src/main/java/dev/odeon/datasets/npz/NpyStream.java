package dev.odeon.datasets.npz;

import dev.odeon.datasets.DataException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One .npy array as a stream of bytes: first the header, then the elements. */
final class NpyStream {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int LONGEST_TEXT = 1 << 12;
    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
    private static final String REMEDY = "download or write the file again";

    private final Path path;
    private final String array;
    private final InputStream in;

    /**
     * How many bytes an array may claim.
     *
     * @param claimed the size its container states, header included
     * @param most the largest size the file on disk can unfold to
     */
    record Room(long claimed, long most) {}

    /** Takes the next number from {@code bytes} as element i. */
    private interface Sink {
        void take(ByteBuffer bytes, int i);
    }

    NpyStream(Path path, String array, InputStream in) {
        this.path = path;
        this.array = array;
        this.in = in;
    }

    NpyHeader header() throws IOException {
        DataInputStream data = new DataInputStream(in);
        for (byte expected : MAGIC) {
            if (data.readByte() != expected) {
                throw wrong("no array header", "an .npy array");
            }
        }
        int major = data.readUnsignedByte();
        int minor = data.readUnsignedByte();
        if (major < 1 || major > 3 || minor != 0) {
            throw wrong("format version " + major + "." + minor, "1.0, 2.0 or 3.0");
        }
        int length = major == 1
                ? Short.toUnsignedInt(Short.reverseBytes(data.readShort()))
                : Integer.reverseBytes(data.readInt());
        if (length < 0 || length > LONGEST_HEADER) {
            throw wrong("a header of " + Integer.toUnsignedString(length) + " bytes", "a short one");
        }
        byte[] text = new byte[length];
        data.readFully(text);
        return HeaderParser.parse(new String(text, major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
    }

    int[] ints(NpyHeader header, Room room) throws IOException {
        ElementKind kind = integral(header);
        int[] values = new int[count(header, kind.bytes(), room)];
        numbers(header, kind.bytes(), values.length, (bytes, i) -> {
            long value = integer(kind, bytes);
            if (value != (int) value) {
                throw wrong("the number " + value, "numbers that fit 32 bits");
            }
            values[i] = (int) value;
        });
        return values;
    }

    long[] longs(NpyHeader header, Room room) throws IOException {
        ElementKind kind = integral(header);
        long[] values = new long[count(header, kind.bytes(), room)];
        numbers(header, kind.bytes(), values.length, (bytes, i) -> values[i] = integer(kind, bytes));
        return values;
    }

    float[] floats(NpyHeader header, Room room) throws IOException {
        ElementKind kind = kind(header);
        float[] values = new float[count(header, kind.bytes(), room)];
        numbers(header, kind.bytes(), values.length, (bytes, i) -> values[i] = (float) real(kind, bytes));
        return values;
    }

    double[] doubles(NpyHeader header, Room room) throws IOException {
        ElementKind kind = kind(header);
        double[] values = new double[count(header, kind.bytes(), room)];
        numbers(header, kind.bytes(), values.length, (bytes, i) -> values[i] = real(kind, bytes));
        return values;
    }

    private double real(ElementKind kind, ByteBuffer bytes) {
        return kind.isIntegral() ? integer(kind, bytes) : kind.real(bytes);
    }

    private long integer(ElementKind kind, ByteBuffer bytes) {
        long value = kind.integer(bytes);
        if (!kind.fits(value)) {
            throw wrong("the number " + Long.toUnsignedString(value), "numbers below 2^63");
        }
        return value;
    }

    private ElementKind integral(NpyHeader header) {
        ElementKind kind = kind(header);
        if (!kind.isIntegral()) {
            throw wrong("type " + header.type(), "whole numbers");
        }
        return kind;
    }

    String[] texts(NpyHeader header, Room room) throws IOException {
        String type = header.type();
        char letter = type.length() < 3 ? ' ' : type.charAt(1);
        int width = letter == 'U' || letter == 'S' ? Integer.parseInt(type.substring(2)) : -1;
        if (width < 0 || width > LONGEST_TEXT) {
            throw wrong("type " + type, "texts of at most " + LONGEST_TEXT + " characters");
        }
        Charset charset = letter == 'S' ? StandardCharsets.ISO_8859_1 : type.charAt(0) == '>' ? UTF_32BE : UTF_32LE;
        byte[] text = new byte[letter == 'S' ? width : width * Integer.BYTES];
        if (text.length == 0 && header.elements() > 0) {
            throw wrong("texts without characters", "texts of at least one");
        }
        String[] values = new String[count(header, text.length, room)];
        numbers(header, Math.max(1, text.length), values.length, (bytes, i) -> {
            bytes.get(text);
            String padded = new String(text, charset);
            int end = padded.length();
            while (end > 0 && padded.charAt(end - 1) == 0) {
                end--;
            }
            values[i] = padded.substring(0, end);
        });
        return values;
    }

    private ElementKind kind(NpyHeader header) {
        String type = header.type();
        if (type.length() == 3 && "<>|=".indexOf(type.charAt(0)) >= 0) {
            ElementKind kind = ElementKind.of(type.charAt(1), type.charAt(2) - '0');
            if (kind != null) {
                return kind;
            }
        }
        throw wrong("type " + type, "booleans, integers or floats");
    }

    /** {@return the number of elements, after checking that the file really has room for them} */
    private int count(NpyHeader header, int width, Room room) {
        long elements = header.elements();
        long bytes = Math.multiplyExact(elements, (long) width);
        if (elements > Integer.MAX_VALUE - 8 || bytes > room.claimed() || bytes > room.most()) {
            throw wrong("a shape of " + header.shape(), "one that fits its " + room.claimed() + " bytes");
        }
        return (int) elements;
    }

    private void numbers(NpyHeader header, int width, int count, Sink sink) throws IOException {
        byte[] chunk = new byte[1 << 16];
        ByteBuffer bytes = ByteBuffer.wrap(chunk)
                .order(header.type().charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int perChunk = chunk.length / width;
        FortranOrder order = header.fortranOrder() && header.shape().size() > 1 && count > 0
                ? new FortranOrder(header.shape())
                : null;
        for (int first = 0; first < count; first += perChunk) {
            int now = Math.min(perChunk, count - first);
            int length = now * width;
            if (in.readNBytes(chunk, 0, length) != length) {
                throw new IOException("too few bytes");
            }
            bytes.clear();
            for (int i = 0; i < now; i++) {
                sink.take(bytes, order == null ? first + i : order.next());
            }
        }
    }

    private DataException wrong(String found, String expected) {
        return wrong(path, array, found, expected, REMEDY);
    }

    static DataException wrong(Path path, String array, String found, String expected, String remedy) {
        return DataException.of(path, "array '" + array + "' with " + found, expected, remedy);
    }
}
