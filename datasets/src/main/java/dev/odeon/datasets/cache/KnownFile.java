package dev.odeon.datasets.cache;

import dev.odeon.datasets.Sha256;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One file of a public data set, and how the right one is told from others.
 *
 * @param origin where its publishers keep it, if there is such an address
 * @param bytes size of the file, about
 * @param sha256 SHA-256 of the file, 64 lower-case hexadecimal digits; this or {@code content} must be there
 * @param content by which a file that was packed anew is accepted too
 * @param location place below a data folder, with slashes, for example {@code graphs/cora.npz}
 * @param alternatives other places where the same data may lie in another packing
 */
public record KnownFile(
        Optional<URI> origin,
        long bytes,
        Optional<String> sha256,
        Optional<ContentDigest> content,
        String location,
        List<String> alternatives) {
    public KnownFile {
        alternatives = List.copyOf(alternatives);
        requireLocation(location);
        alternatives.forEach(KnownFile::requireLocation);
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes = " + bytes + ": give the size of the file");
        }
        sha256.ifPresent(KnownFile::requireDigest);
        if (sha256.isEmpty() && content.isEmpty()) {
            throw new IllegalArgumentException(location + " without a digest: give sha256 or content");
        }
    }

    /** {@return a file of known bytes} */
    public static KnownFile of(String origin, long bytes, String sha256, String location) {
        return new KnownFile(
                Optional.of(URI.create(origin)), bytes, Optional.of(sha256), Optional.empty(), location, List.of());
    }

    /** {@return a file of known bytes that its publishers do not offer as it is: only a mirror may have it} */
    public static KnownFile mirrored(long bytes, String sha256, String location) {
        return new KnownFile(Optional.empty(), bytes, Optional.of(sha256), Optional.empty(), location, List.of());
    }

    /** {@return a file of known contents, however packed} */
    public static KnownFile packed(String origin, long bytes, ContentDigest content, String location) {
        return new KnownFile(
                Optional.of(URI.create(origin)), bytes, Optional.empty(), Optional.of(content), location, List.of());
    }

    /** {@return this file, also accepted when packed anew} */
    public KnownFile orContent(ContentDigest other) {
        return new KnownFile(origin, bytes, sha256, Optional.of(other), location, alternatives);
    }

    /** {@return this file, also looked for in another place} */
    public KnownFile orAt(String place) {
        return new KnownFile(origin, bytes, sha256, content, location, List.of(place));
    }

    /** {@return whether a file is this one, by its bytes or by its contents} */
    public boolean accepts(Path file) {
        return sha256.filter(digest -> digest.equals(Sha256.of(file))).isPresent()
                || content.filter(digest -> digest.matches(file)).isPresent();
    }

    /** {@return what the digest should be, for messages} */
    String expected() {
        return sha256.map(digest -> "SHA-256 " + digest)
                .orElseGet(() -> "contents of SHA-256 "
                        + content.map(ContentDigest::sha256).orElse(""));
    }

    private static void requireLocation(String location) {
        if (!location.matches("\\w[\\w.-]*(/\\w[\\w.-]*)*")) {
            throw new IllegalArgumentException("location = " + location + ": give a relative path with slashes");
        }
    }

    static void requireDigest(String digest) {
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("digest " + digest + ": give 64 lower-case hexadecimal digits");
        }
    }
}
