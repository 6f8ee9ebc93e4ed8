package dev.odeon.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Reads thousands of damaged files, and insists that each ends in a result or a DataException, at bounded cost. */
public final class Fuzz {
    /** Damaged files per reader. */
    public static final int FILES = 2000;

    private static final int CUTS = 500;
    private static final long MOST_HEAP = 24L << 20;

    private Fuzz() {}

    /** Reads a file; what it returns is compared by the test itself. */
    @FunctionalInterface
    public interface Reader {
        /** Reads, and fails the test if a result is wrong. */
        void read(Path file) throws IOException;
    }

    /**
     * Reads {@link #FILES} damaged copies of a file.
     *
     * @param file where the copies go, one after another
     * @param intact the file as it should be
     * @param reader reads it
     * @return how many copies were refused
     */
    public static int refused(Path file, byte[] intact, Reader reader) throws IOException {
        int refused = 0;
        // What is wrong between two files of a folder is said of the folder.
        Pattern named = Pattern.compile(
                Pattern.quote(String.valueOf(file.getFileName())) + "|" + Pattern.quote(file.resolveSibling("") + ":"));
        for (int seed = 0; seed < FILES; seed++) {
            Mutations.place(file, Mutations.damage(intact, seed));
            long before = Mutations.heapTaken();
            try {
                reader.read(file);
            } catch (DataException e) {
                assertThat(e.getMessage())
                        .as("seed %d", seed)
                        .containsPattern(named)
                        .doesNotContain("\n", "(null)");
                refused++;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError("seed " + seed + " was met with " + e, e);
            }
            assertThat(Mutations.heapTaken() - before)
                    .as("heap for seed %d", seed)
                    .isLessThan(MOST_HEAP);
        }
        return refused;
    }

    /**
     * Insists that a file that was cut short is refused wherever the cut is, for formats that know their own length.
     *
     * @param file where the copies go, one after another
     * @param intact the file as it should be
     * @param reader reads it
     */
    public static void cutShort(Path file, byte[] intact, Reader reader) throws IOException {
        int stride = 1 + intact.length / CUTS;
        for (int length = intact.length - 1; length >= 0; length -= stride) {
            Mutations.place(file, Arrays.copyOf(intact, length));
            try {
                reader.read(file);
            } catch (DataException e) {
                continue;
            }
            throw new AssertionError(length + " of " + intact.length + " bytes were read as a whole file");
        }
    }
}
