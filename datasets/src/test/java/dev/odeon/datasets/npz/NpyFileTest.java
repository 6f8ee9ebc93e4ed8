package dev.odeon.datasets.npz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Fuzz;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class NpyFileTest {
    private static final String HEADER = "{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }";

    @TempDir
    Path folder;

    private static byte[] bytes(int extra) {
        byte[] data = new byte[24 + extra];
        for (int i = 0; i < 6; i++) {
            data[4 * i] = (byte) i;
        }
        return NpzBuilder.npy(1, HEADER, data);
    }

    @Test
    void readsAnArrayOfItsOwn() throws IOException {
        NpyFile file = NpyFile.open(Files.write(folder.resolve("a.npy"), bytes(0)));
        assertThat(file.header().shape()).containsExactly(2L, 3L);
        assertThat(file.ints()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(file.longs()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(file.floats()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(file.doubles()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void theSizeMustBeRight() throws IOException {
        Path longer = Files.write(folder.resolve("l.npy"), bytes(1));
        assertThatThrownBy(() -> NpyFile.open(longer).ints())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("l.npy: bytes after the last number");
        Path shorter = Files.write(folder.resolve("s.npy"), bytes(-1));
        assertThatThrownBy(() -> NpyFile.open(shorter).ints())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("s.npy");
        assertThatThrownBy(() -> NpyFile.open(folder.resolve("none.npy"))).hasMessageContaining("no such file");
    }

    @Test
    void textsOfEveryKindComeWithoutTheirFilling() throws IOException {
        byte[] little = "Grüße\0ok\0\0\0\0".getBytes(Charset.forName("UTF-32LE"));
        byte[] big = "Grüße\0ok\0\0\0\0".getBytes(Charset.forName("UTF-32BE"));
        byte[] plain = "ab\0c\0\0".getBytes(StandardCharsets.ISO_8859_1);
        NpzBuilder builder = new NpzBuilder()
                .array("little", "<U6", "(2,)", little)
                .array("big", ">U6", "(2,)", big)
                .array("plain", "|S3", "(2,)", plain)
                .array("wide", "<U99999", "(1,)", plain)
                .array("none", "<U0", "(2000000000,)", new byte[0]);
        try (NpzFile npz = NpzFile.open(builder.write(folder.resolve("t.npz")))) {
            assertThat(npz.texts("little")).containsExactly("Grüße", "ok");
            assertThat(npz.texts("big")).containsExactly("Grüße", "ok");
            assertThat(npz.texts("plain")).containsExactly("ab", "c");
            assertThatThrownBy(() -> npz.texts("wide")).hasMessageContaining("type <U99999");
            assertThatThrownBy(() -> npz.texts("none")).isInstanceOf(DataException.class);
            assertThatThrownBy(() -> npz.ints("little")).hasMessageContaining("type <U6");
        }
    }

    @Test
    @Timeout(240)
    void damagedFilesAreRefusedOrOfTheSameSize() throws IOException {
        int refused = Fuzz.refused(
                folder.resolve("damaged.npy"),
                bytes(0),
                file -> assertThat(NpyFile.open(file).doubles()).hasSizeLessThanOrEqualTo(24));
        assertThat(refused).isGreaterThan(Fuzz.FILES / 3);
        Fuzz.cutShort(
                folder.resolve("cut.npy"), bytes(0), file -> NpyFile.open(file).doubles());
    }

    @Test
    @Timeout(240)
    void damagedTextsUnderTheChecksumAreNeverRead() throws IOException {
        String[] texts = {"alpha", "beta"};
        byte[] data = new byte[2 * 5 * 4];
        for (int i = 0; i < 2; i++) {
            byte[] text = texts[i].getBytes(Charset.forName("UTF-32LE"));
            System.arraycopy(text, 0, data, 20 * i, text.length);
        }
        byte[] intact = new NpzBuilder().array("t", "<U5", "(2,)", data).compressed();
        int refused = Fuzz.refused(folder.resolve("damaged.npz"), intact, file -> {
            try (NpzFile npz = NpzFile.open(file)) {
                assertThat(Arrays.asList(npz.texts("t"))).containsExactly(texts);
            }
        });
        assertThat(refused).isGreaterThan(Fuzz.FILES / 3);
        Fuzz.cutShort(folder.resolve("cut.npz"), intact, file -> {
            try (NpzFile npz = NpzFile.open(file)) {
                npz.texts("t");
            }
        });
    }
}
