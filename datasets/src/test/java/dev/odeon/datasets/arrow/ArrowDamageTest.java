package dev.odeon.datasets.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Mutations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.types.TFloat64;

/** Whatever happens to a file, reading it ends in a table or in a DataException, soon and without much memory. */
@Timeout(240)
class ArrowDamageTest {
    private static final int FILES = 2000;
    private static final long MOST_HEAP = 16L << 20;

    @TempDir
    Path folder;

    private int refused;
    private int read;

    @Test
    void randomDamage() throws IOException {
        byte[] intact = intact();
        for (int seed = 0; seed < FILES; seed++) {
            attempt(Mutations.damage(intact, seed), "seed " + seed);
        }
        assertThat(refused).isGreaterThan(FILES / 3);
        assertThat(read).isGreaterThan(FILES / 20);
    }

    @Test
    void everyByteOfTheFooter() throws IOException {
        byte[] intact = intact();
        int footer = ByteBuffer.wrap(intact).order(ByteOrder.LITTLE_ENDIAN).getInt(intact.length - 10);
        for (int at = intact.length - 10 - footer; at < intact.length; at++) {
            for (int change : new int[] {1, 0x7f, 0x80, 0xff}) {
                byte[] damaged = intact.clone();
                damaged[at] ^= (byte) change;
                attempt(damaged, "byte " + at + " changed by " + change);
            }
        }
        assertThat(refused).isGreaterThan(footer / 2);
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] intact = intact();
        for (int length = 0; length < intact.length; length += 1 + length / 100) {
            attempt(Arrays.copyOf(intact, length), "length " + length);
        }
        assertThat(read).isZero();
    }

    private byte[] intact() throws IOException {
        Path file = folder.resolve("intact.arrow");
        ArrowTableWriter.to(file)
                .metadata(Map.of("equation", "u_t = 0"))
                .int32("trajectory", new int[5])
                .float64("t", new double[] {0, 1, 2, 3, 4})
                .float64("u", new double[20], 4)
                .int32Lists("l", new int[] {0, 1, 3, 3, 4, 6}, new int[6])
                .write();
        return Files.readAllBytes(file);
    }

    private void attempt(byte[] bytes, String what) throws IOException {
        Path file = Mutations.place(folder.resolve("damaged.arrow"), bytes);
        long before = Mutations.heapTaken();
        try {
            ArrowTable table = ArrowTable.open(file);
            table.column("trajectory").ints();
            table.column("t").doubles();
            table.column("l").listOffsets();
            table.column("l").ints();
            try (TFloat64 u = table.column("u").tensor(TFloat64.class)) {
                assertThat(u.numBytes()).isLessThanOrEqualTo(bytes.length);
            }
            read++;
        } catch (DataException e) {
            assertThat(e).hasMessageContaining("damaged.arrow");
            refused++;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("a file with " + what + " was met with " + e, e);
        }
        assertThat(Mutations.heapTaken() - before)
                .as("heap for a file with %s", what)
                .isLessThan(MOST_HEAP);
    }
}
