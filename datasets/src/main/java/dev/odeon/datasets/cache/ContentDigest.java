package dev.odeon.datasets.cache;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Sha256;
import dev.odeon.datasets.archives.ArchiveMembers;
import dev.odeon.datasets.archives.CompressedFile;
import dev.odeon.datasets.graphs.files.GraphDigest;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;

/**
 * By which a file is recognised that was packed anew: the SHA-256 of what is inside.
 *
 * @param kind what of the contents counts
 * @param sha256 64 lower-case hexadecimal digits
 */
public record ContentDigest(Kind kind, String sha256) {
    private static final long MOST_BYTES = 1L << 30;
    private static final long MOST_IN_MEMORY = 1L << 28;

    /** What of the contents counts. */
    public enum Kind {
        /** The numbers of a graph in an .npz archive: {@link GraphDigest}. */
        GRAPH {
            @Override
            String read(Path file) {
                return GraphDigest.of(file);
            }
        },
        /** The bytes of a file compressed with gzip or xz, unpacked. */
        UNPACKED {
            @Override
            String read(Path file) {
                return CompressedFile.read(file, MOST_BYTES, in -> {
                    MessageDigest digest = Sha256.begin();
                    byte[] chunk = new byte[1 << 16];
                    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                        digest.update(chunk, 0, n);
                    }
                    return Sha256.end(digest);
                });
            }
        },
        /** Names and bytes of the files in a tar or zip archive: {@link ArchiveMembers}. */
        MEMBERS {
            @Override
            String read(Path file) {
                return ArchiveMembers.digest(file, MOST_IN_MEMORY);
            }
        };

        /** Digests the contents of a file of this kind. */
        abstract String read(Path file);

        /** {@return the digest of the contents, if they can be read} */
        Optional<String> digest(Path file) {
            try {
                return Optional.of(read(file));
            } catch (DataException e) {
                return Optional.empty();
            }
        }
    }

    public ContentDigest {
        Objects.requireNonNull(kind, "kind");
        Checksum.Published.requireDigest(sha256);
    }

    /** {@return whether a file has these contents} */
    boolean matches(Path file) {
        return kind.digest(file).filter(sha256::equals).isPresent();
    }
}
