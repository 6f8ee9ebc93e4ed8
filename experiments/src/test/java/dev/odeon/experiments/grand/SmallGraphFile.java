package dev.odeon.experiments.grand;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A ring of 183 nodes with the classes 1, 2 and 3 in turn, as a NumPy archive. */
final class SmallGraphFile {
    private static final int NODES = 183;

    private SmallGraphFile() {}

    static Path write(Path path, boolean masks) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            ints(zip, "adj_data", NODES, i -> 1);
            ints(zip, "adj_indices", NODES, i -> (i + 1) % NODES);
            ints(zip, "adj_indptr", NODES + 1, i -> i);
            ints(zip, "adj_shape", 2, i -> NODES);
            ints(zip, "attr_data", NODES, i -> 1);
            ints(zip, "attr_indices", NODES, i -> i % 3);
            ints(zip, "attr_indptr", NODES + 1, i -> i);
            ints(zip, "attr_shape", 2, i -> i == 0 ? NODES : 4);
            ints(zip, "labels", NODES, i -> 1 + i % 3);
            if (masks) {
                ints(zip, "train_mask", NODES, i -> i < 100 ? 1 : 0);
                ints(zip, "val_mask", NODES, i -> i >= 100 && i < 150 ? 1 : 0);
                ints(zip, "test_mask", NODES, i -> i >= 150 ? 1 : 0);
            }
        }
        return path;
    }

    private static void ints(ZipOutputStream zip, String name, int count, IntUnaryOperator values) throws IOException {
        byte[] header = ("{'descr': '<i4', 'fortran_order': False, 'shape': (" + count + ",), }\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + header.length + count * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length)
                .put(header);
        for (int i = 0; i < count; i++) {
            bytes.putInt(values.applyAsInt(i));
        }
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        zip.write(bytes.array(), 0, bytes.capacity());
        zip.closeEntry();
    }
}
