package dev.odeon.datasets.cache;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One file of a public data set, and how the right one is told from others.
 *
 * @param origin where its publishers keep it, if there is such an address
 * @param bytes size of the file, about
 * @param checksum how it is recognised
 * @param location place below a data folder, with slashes, for example {@code graphs/cora.npz}
 * @param alternatives other places where the same data may lie in another packing
 */
public record KnownFile(
        Optional<URI> origin, long bytes, Checksum checksum, String location, List<String> alternatives) {
    public KnownFile {
        Objects.requireNonNull(checksum, "checksum");
        alternatives = List.copyOf(alternatives);
        requireLocation(location);
        alternatives.forEach(KnownFile::requireLocation);
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes = " + bytes + ": give the size of the file");
        }
    }

    /** {@return a file of known bytes} */
    public static KnownFile of(String origin, long bytes, String sha256, String location) {
        return published(Optional.of(URI.create(origin)), bytes, Optional.of(sha256), Optional.empty(), location);
    }

    /** {@return a file of known bytes that its publishers do not offer as it is: only a mirror may have it} */
    public static KnownFile mirrored(long bytes, String sha256, String location) {
        return published(Optional.empty(), bytes, Optional.of(sha256), Optional.empty(), location);
    }

    /** {@return a file of known contents, however packed} */
    public static KnownFile packed(String origin, long bytes, ContentDigest content, String location) {
        return published(Optional.of(URI.create(origin)), bytes, Optional.empty(), Optional.of(content), location);
    }

    /** {@return a file of known bytes, also accepted when packed anew} */
    public static KnownFile ofEither(String origin, long bytes, String sha256, ContentDigest content, String location) {
        return published(Optional.of(URI.create(origin)), bytes, Optional.of(sha256), Optional.of(content), location);
    }

    /** {@return a file of which no checksum is known: trusted at its first download, if it is of this kind} */
    public static KnownFile unverified(String origin, long bytes, ContentDigest.Kind kind, String location) {
        return new KnownFile(Optional.of(URI.create(origin)), bytes, new Checksum.FirstUse(kind), location, List.of());
    }

    private static KnownFile published(
            Optional<URI> origin,
            long bytes,
            Optional<String> sha256,
            Optional<ContentDigest> content,
            String location) {
        return new KnownFile(origin, bytes, new Checksum.Published(sha256, content), location, List.of());
    }

    /** {@return this file, also looked for in another place} */
    public KnownFile orAt(String place) {
        return new KnownFile(origin, bytes, checksum, location, List.of(place));
    }

    /** {@return whether a file is this one, as far as can be told} */
    public boolean accepts(Path file) {
        return checksum.accepts(file, file);
    }

    private static void requireLocation(String location) {
        if (!location.matches("\\w[\\w.-]*(/\\w[\\w.-]*)*")) {
            throw new IllegalArgumentException("location = " + location + ": give a relative path with slashes");
        }
    }
}
