package dev.odeon.datasets.graphs.files;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Sha256;
import dev.odeon.datasets.npz.NpzFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/**
 * Tells whether two .npz archives hold the same graph, however they are packed.
 *
 * <p>Archives of one graph differ in compression, number types and extras such as names; their SHA-256 then differ too.
 * This digest is the SHA-256 of the sparse matrices and the labels alone: for each array its name, the count of its
 * numbers, and the numbers as float64, little-endian.
 */
public final class GraphDigest {
    private static final List<String> ARRAYS = List.of(
            "adj_data",
            "adj_indices",
            "adj_indptr",
            "adj_shape",
            "attr_data",
            "attr_indices",
            "attr_indptr",
            "attr_shape",
            "labels");

    private GraphDigest() {}

    /**
     * Digests the graph in an archive.
     *
     * @param path the archive
     * @return 64 hexadecimal digits
     * @throws DataException if an array is missing or damaged
     */
    public static String of(Path path) {
        MessageDigest digest = Sha256.begin();
        try (NpzFile npz = NpzFile.open(path)) {
            for (String array : ARRAYS) {
                double[] values = npz.doubles(array);
                digest.update(array.getBytes(StandardCharsets.US_ASCII));
                update(digest, values.length);
                for (double value : values) {
                    update(digest, value);
                }
            }
        }
        return Sha256.end(digest);
    }

    private static void update(MessageDigest digest, double value) {
        digest.update(ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .flip());
    }
}
