package dev.odeon.datasets.npz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes .npz archives, right or wrong, for tests. */
public final class NpzBuilder {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** Adds an array of int32. */
    public NpzBuilder ints(String name, int... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asIntBuffer().put(values);
        return array(name, "<i4", "(" + values.length + ",)", data.array());
    }

    /** Adds an array of float32. */
    public NpzBuilder floats(String name, float... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return array(name, "<f4", "(" + values.length + ",)", data.array());
    }

    /** Adds an array of any type and shape, in C order. */
    public NpzBuilder array(String name, String type, String shape, byte[] data) {
        return raw(name, npy(1, "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }", data));
    }

    /** Adds an entry byte by byte. */
    public NpzBuilder raw(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    /** {@return the bytes of an array with this header} */
    public static byte[] npy(int version, String header, byte[] data) {
        byte[] text = (header + "\n").getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocate(16 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            bytes.putShort((short) text.length);
        } else {
            bytes.putInt(text.length);
        }
        bytes.put(text).put(data);
        byte[] result = new byte[bytes.position()];
        bytes.flip().get(result);
        return result;
    }

    /** {@return the archive, with compressed entries} */
    public byte[] compressed() {
        return build(ZipEntry.DEFLATED);
    }

    /** {@return the archive, with entries as they are} */
    public byte[] stored() {
        return build(ZipEntry.STORED);
    }

    /** Writes the compressed archive. */
    public Path write(Path path) throws IOException {
        return Files.write(path, compressed());
    }

    private byte[] build(int method) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(method);
            for (Map.Entry<String, byte[]> array : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
                if (method == ZipEntry.STORED) {
                    CRC32 checksum = new CRC32();
                    checksum.update(array.getValue());
                    entry.setCrc(checksum.getValue());
                    entry.setSize(array.getValue().length);
                }
                zip.putNextEntry(entry);
                ((OutputStream) zip).write(array.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }
}
