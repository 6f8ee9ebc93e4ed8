package dev.odeon.datasets.archives;

import dev.odeon.datasets.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** Walks through a tar archive, plain or compressed, without ever writing a member to disk. */
public final class TarFile {
    private static final int MOST_MEMBERS = 1_000_000;

    private TarFile() {}

    /** Takes one member of an archive. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Reads a member.
         *
         * @param name its name without folders, for example {@code 132539.txt}
         * @param in its contents; need not be read to the end
         * @throws IOException if reading fails
         */
        void visit(String name, InputStream in) throws IOException;
    }

    /**
     * Visits all regular files in an archive.
     *
     * @param path the archive
     * @param most bytes it may unfold to; more are an error
     * @param visitor takes each file, in the order of the archive
     * @throws DataException if the archive is missing, damaged, larger than {@code most} or holds no file;
     *     an archive without its end counts as damaged
     */
    public static void visit(Path path, long most, Visitor visitor) {
        int files = CompressedFile.read(path, most, in -> {
            StrictTar tar = new StrictTar(in);
            int count = 0;
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isSparse()) {
                    throw new IOException("the sparse member " + entry.getName());
                }
                if (entry.isFile()) {
                    if (++count > MOST_MEMBERS) {
                        throw new IOException("more than " + MOST_MEMBERS + " members");
                    }
                    String name = entry.getName();
                    visitor.visit(name.substring(name.lastIndexOf('/') + 1), tar);
                }
            }
            return count;
        });
        if (files == 0) {
            throw DataException.of(path, "no file inside", "a tar archive", "download or write it again");
        }
    }
}
