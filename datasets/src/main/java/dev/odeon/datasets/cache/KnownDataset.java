package dev.odeon.datasets.cache;

import java.net.URI;
import java.util.Optional;

/**
 * A public data set that Odeon can download.
 *
 * @param name what the user calls it, for example {@code cora}
 * @param title what it is, in a few words
 * @param origin where its publishers keep it
 * @param bytes size of the file, about
 * @param sha256 SHA-256 of the file, 64 lower-case hexadecimal digits
 * @param graphSha256 {@link dev.odeon.datasets.graphs.files.GraphDigest} of a graph, by which a file that was packed anew is
 *     accepted too
 * @param licence terms of use, as far as the publishers state them
 * @param location place below a data folder, with slashes, for example {@code graphs/cora.npz}
 */
public record KnownDataset(
        String name,
        String title,
        URI origin,
        long bytes,
        String sha256,
        Optional<String> graphSha256,
        String licence,
        String location) {
    public KnownDataset {
        if (!name.matches("[a-z0-9][a-z0-9-]*")) {
            throw new IllegalArgumentException("name = " + name + ": use lower-case letters, digits and hyphens");
        }
        if (!location.matches("\\w[\\w.-]*(/\\w[\\w.-]*)*")) {
            throw new IllegalArgumentException("location = " + location + ": give a relative path with slashes");
        }
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes = " + bytes + ": give the size of the file");
        }
        requireDigest(sha256);
        graphSha256.ifPresent(KnownDataset::requireDigest);
    }

    private static void requireDigest(String digest) {
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("digest " + digest + ": give 64 lower-case hexadecimal digits");
        }
    }
}
