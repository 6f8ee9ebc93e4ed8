package dev.odeon.datasets.cache;

import dev.odeon.datasets.Sha256;
import java.nio.file.Path;
import java.util.Optional;

/** How the right file is told from others. */
public sealed interface Checksum {
    /**
     * Compares a file with what is known.
     *
     * @param file the file
     * @param place where it belongs, which may be the file itself
     * @return whether it is the right one
     */
    boolean accepts(Path file, Path place);

    /** {@return what the file at a place should be, for messages} */
    String expected(Path place);

    /** Notes that a file was accepted and is at its place now. */
    default void accepted(Path place) {}

    /**
     * Its publishers' file, known before the download.
     *
     * @param sha256 SHA-256 of the file, 64 lower-case hexadecimal digits; this or {@code content} must be there
     * @param content by which a file that was packed anew is accepted too
     */
    record Published(Optional<String> sha256, Optional<ContentDigest> content) implements Checksum {
        public Published {
            sha256.ifPresent(Published::requireDigest);
            if (sha256.isEmpty() && content.isEmpty()) {
                throw new IllegalArgumentException("no digest: give sha256 or content");
            }
        }

        static void requireDigest(String digest) {
            if (!digest.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("digest " + digest + ": give 64 lower-case hexadecimal digits");
            }
        }

        @Override
        public boolean accepts(Path file, Path place) {
            return sha256.filter(digest -> digest.equals(Sha256.of(file))).isPresent()
                    || content.filter(digest -> digest.matches(file)).isPresent();
        }

        @Override
        public String expected(Path place) {
            return sha256.map(digest -> "SHA-256 " + digest)
                    .orElseGet(() -> "contents of SHA-256 "
                            + content.map(ContentDigest::sha256).orElse(""));
        }
    }

    /**
     * A file of which no checksum is known: the first one that can be read is trusted, and pinned ({@link Pin}), so that
     * every later one must be the same.
     *
     * @param kind what it must be readable as
     */
    record FirstUse(ContentDigest.Kind kind) implements Checksum {
        @Override
        public boolean accepts(Path file, Path place) {
            return Pin.of(place)
                    .sha256()
                    .map(digest -> digest.equals(Sha256.of(file)))
                    .orElseGet(() -> kind.digest(file).isPresent());
        }

        @Override
        public String expected(Path place) {
            Pin pin = Pin.of(place);
            return pin.sha256()
                    .map(digest -> "SHA-256 " + digest + " as at the first download (delete " + pin.path()
                            + " to trust another file)")
                    .orElse("a file that can be read (its checksum is not known)");
        }

        @Override
        public void accepted(Path place) {
            Pin pin = Pin.of(place);
            if (pin.sha256().isEmpty()) {
                pin.write(Sha256.of(place));
            }
        }
    }
}
