package dev.odeon.datasets.images;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.archives.CompressedFile;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An array of bytes in the idx format: two zeros, the type 8, the number of extents, the extents (big-endian), the bytes.
 *
 * <p>Source: Y. LeCun, C. Cortes, C. Burges, The MNIST database of handwritten digits, 1998.
 *
 * @param extents the extents, one at least
 * @param bytes the values, of the product of the extents; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data: a defensive copy of every access would double the memory.
record IdxFile(int[] extents, byte[] bytes) {
    private static final int UNSIGNED_BYTES = 0x0800;
    private static final int MOST_EXTENTS = 4;
    private static final long MOST_BYTES = 1L << 28;
    private static final String REMEDY = "download it again";

    static IdxFile read(Path path) {
        return CompressedFile.read(path, MOST_BYTES, in -> read(path, in));
    }

    private static IdxFile read(Path path, InputStream in) throws IOException {
        byte[] all = in.readAllBytes();
        try (DataInputStream data = new DataInputStream(new ByteArrayInputStream(all))) {
            int magic = data.readInt();
            int count = magic - UNSIGNED_BYTES;
            if (count < 1 || count > MOST_EXTENTS) {
                throw DataException.of(
                        path,
                        "the first bytes " + Integer.toHexString(magic),
                        "an idx file of bytes (0801 to 0804)",
                        REMEDY);
            }
            int[] extents = new int[count];
            long size = 1;
            for (int i = 0; i < count; i++) {
                extents[i] = data.readInt();
                size = extents[i] < 0 ? -1 : Math.multiplyExact(size, (long) extents[i]);
            }
            int header = Integer.BYTES * (1 + count);
            if (size != all.length - header) {
                throw DataException.of(
                        path,
                        all.length - header + " bytes",
                        "the product of the extents " + Arrays.toString(extents),
                        REMEDY);
            }
            return new IdxFile(extents, Arrays.copyOfRange(all, header, all.length));
        } catch (ArithmeticException e) {
            throw DataException.of(path, "extents beyond all bounds", "an idx file", REMEDY, e);
        }
    }
}
