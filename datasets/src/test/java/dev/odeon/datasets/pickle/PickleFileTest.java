package dev.odeon.datasets.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Fuzz;
import dev.odeon.datasets.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PickleFileTest {
    // numpy.array([[1, 2], [3, -4]], '<i4'), protocol 2, as Python 2 wrote it.
    private static final String ARRAY = "\u0080\u0002cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n"
            + "K\u0000\u0085U\u0001b\u0087R(K\u0001K\u0002K\u0002\u0086cnumpy\ndtype\nU\u0002i4K\u0000K\u0001\u0087R(K\u0003U\u0001<NNN"
            + "J\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\u0000tb\u0089U\u0010"
            + "\u0001\u0000\u0000\u0000\u0002\u0000\u0000\u0000\u0003\u0000\u0000\u0000\u00fc\u00ff\u00ff\u00fftb.";

    @TempDir
    Path folder;

    private <T> T read(String pickle, Class<T> type) throws IOException {
        Path file = Files.write(folder.resolve("p.pkl"), pickle.getBytes(StandardCharsets.ISO_8859_1));
        return PickleFile.read(file, type);
    }

    @Test
    void readsAnArray() throws IOException {
        PickledArray array = read(ARRAY, PickledArray.class);
        assertThat(array.shape()).containsExactly(2, 2);
        assertThat(array.ints()).containsExactly(1, 2, 3, -4);
        assertThat(array.floats()).containsExactly(1, 2, 3, -4);
    }

    @Test
    void readsListsDictionariesAndNumbers() throws IOException {
        assertThat((Object) read("(lp0\nI1\naL2L\naF1.5\naI01\na.", List.class)).isEqualTo(List.of(1L, 2L, 1.5, 1L));
        assertThat((Object) read("\u0080\u0002}(U\u0001aK\u0001K\u0002]u.", Map.class))
                .isEqualTo(Map.of("a", 1L, 2L, List.of()));
        assertThat((Object) read(
                        "\u0080\u0002ccollections\ndefaultdict\nc__builtin__\nlist\n\u0085RK\u0001](K\u0002K\u0003es.",
                        Map.class))
                .isEqualTo(Map.of(1L, List.of(2L, 3L)));
        assertThat(read("\u0080\u0004\u008c\u0002hi\u0094.", String.class)).isEqualTo("hi");
        assertThat(read("\u008a\u0002\u00ff\u00ff.", Long.class)).isEqualTo(-1);
        assertThat(read("G?\u00f8\u0000\u0000\u0000\u0000\u0000\u0000.", Double.class))
                .isEqualTo(1.5);
    }

    @Test
    void whatWouldRunCodeIsRefusedByName() {
        assertRefused("cos\nsystem\n(S'echo hello'\ntR.", "the name os.system");
        assertRefused("cposix\nsystem\nU\u0002ls\u0085R.", "the name posix.system");
        assertRefused("c__builtin__\neval\nU\u00021+1\u0085R.", "the name __builtin__.eval");
        assertRefused("\u008c\u0008builtins\u008c\u0004exec\u0093.", "the name builtins.exec");
        assertRefused("(S'ls'\nios\nsystem\n.", "which does not build data");
        assertRefused("\u0082\u0001.", "which does not build data");
        assertRefused("Pid\n.", "which does not build data");
        assertRefused("(cos\nsystem\no.", "the name os.system");
        assertRefused("cnumpy\nload\n.", "the name numpy.load");
        assertRefused("cnumpy\ndtype\nU\u0002O8\u0085R.", "numbers of type O8");
    }

    @Test
    void bytesWrittenAsTextAreAcceptedInLatin1Alone() throws IOException {
        String call = "\u0080\u0002c_codecs\nencode\nX\u0003\u0000\u0000\u0000a\u00c3\u00a9X%s%s\u0086R.";
        assertThat(read(String.format(call, "\u0006\u0000\u0000\u0000", "latin1"), String.class))
                .isEqualTo("a\u00e9");
        assertThat(read(String.format(call, "\u0007\u0000\u0000\u0000", "Latin-1"), String.class))
                .isEqualTo("a\u00e9");
        assertRefused(
                String.format(call, "\u0005\u0000\u0000\u0000", "utf-8"),
                "bytes in the encoding 'utf-8' instead of latin1");
        assertRefused(
                "\u0080\u0002c_codecs\nencode\nX\u0001\u0000\u0000\u0000a\u0085R.",
                "bytes in the encoding 'utf-8, Python's default'");
        assertRefused(
                "\u0080\u0002c_codecs\nencode\nX\u0001\u0000\u0000\u0000a]\u0086R.", "an encoding that is no text");
        assertRefused(
                "\u0080\u0002c_codecs\nencode\nX\u0003\u0000\u0000\u0000\u00e2\u0082\u00acX\u0006\u0000\u0000\u0000latin1\u0086R.",
                "other characters");
    }

    @Test
    void hostileSizesAreRefusedAtOnce() {
        assertRefused("T\u00ff\u00ff\u00ff\u007f.", "a text of 2147483647 bytes");
        assertRefused("T\u0000\u0000\u0000\u0080.", "a text of -2147483648 bytes");
        assertRefused("\u008e\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u007f.", "a text of");
        assertRefused(
                ARRAY.replace("K\u0002K\u0002\u0086", "J\u00ff\u00ff\u00ff\u007fJ\u00ff\u00ff\u00ff\u007f\u0086"),
                "16 bytes for an array");
        assertRefused("h\u0007.", "nothing remembered as 7");
        assertRefused("(((((((", "damaged or truncated");
        assertRefused("", "damaged or truncated");
        assertRefused("K\u0001.K", "bytes after the end");
        assertThatThrownBy(() -> read("K\u0001.", PickledArray.class))
                .hasMessageContaining("a Long; expected a PickledArray");
    }

    @Test
    @Timeout(240)
    void damagedPicklesAreRefusedOrArrays() throws IOException {
        int refused = Fuzz.refused(
                folder.resolve("damaged.pkl"),
                ARRAY.getBytes(StandardCharsets.ISO_8859_1),
                file -> assertThat(PickleFile.read(file, PickledArray.class).floats())
                        .hasSizeLessThanOrEqualTo(16));
        assertThat(refused).isGreaterThan(Fuzz.FILES / 2);
    }

    @Test
    @Timeout(240)
    void damagedPicklesOfEveryKindAreRefusedOrData() throws IOException {
        String matrix =
                "\u0080\u0002cscipy.sparse.csr\ncsr_matrix\n)\u0081}(U\u0006_shapeK\u0002K\u0002\u0086U\u0006indptr"
                        + inner() + "U\u0007indices" + inner() + "U\u0004data" + inner() + "ub.";
        String lists =
                "\u0080\u0004\u0095\u0010\u0000\u0000\u0000\u0000\u0000\u0000\u0000}\u0094(\u008c\u0001a\u0094]\u0094(K\u0001M\u0002\u0000"
                        + "\u008a\u0002\u00ff\u00ffeK\u0001G?\u00f8\u0000\u0000\u0000\u0000\u0000\u0000u.";
        assertThat(read(matrix, PickledSparseMatrix.class).values().ints()).containsExactly(1, 2, 3, -4);
        assertThat((Object) read(lists, Map.class)).isEqualTo(Map.of("a", List.of(1L, 2L, -1L), 1L, 1.5));
        for (String intact : List.of(ARRAY, matrix, lists)) {
            byte[] bytes = intact.getBytes(StandardCharsets.ISO_8859_1);
            Fuzz.Reader reader = file -> PickleFile.read(file, Object.class);
            assertThat(Fuzz.refused(folder.resolve("damaged.pkl"), bytes, reader))
                    .isGreaterThan(Fuzz.FILES / 4);
            Fuzz.cutShort(folder.resolve("cut.pkl"), bytes, reader);
        }
    }

    /** {@return the array, to be put inside another object} */
    private static String inner() {
        return ARRAY.substring(2, ARRAY.length() - 1);
    }

    @Test
    void aTextThatIsCopiedAgainAndAgainExhaustsTheBudgetNotTheMemory() {
        String text = "T\u0000\u0000\u0010\u0000" + "x".repeat(1 << 20);
        String preparation =
                text + "q\u00000J\u0000\u0000\u0010\u0000\u0085q\u00010cnumpy\ndtype\nU\u0002u1\u0085Rq\u00020"
                        + "cnumpy.core.multiarray\n_reconstruct\nq\u00030";
        String array = "h\u0003)R(K\u0001h\u0001h\u0002K\u0000h\u0000tb";
        long before = Mutations.heapTaken();
        assertRefused(preparation + array.repeat(2000) + ".", "bytes to be made of it");
        assertThat(Mutations.heapTaken() - before).isLessThan(256L << 20);
    }

    @Test
    void shapesOfTooManyAxesAreRefusedBeforeTheyAreCounted() {
        String axes = "(" + "K\u0001".repeat(65) + "t";
        assertRefused(ARRAY.replace("K\u0002K\u0002\u0086", axes), "an array of 65 axes");
    }

    private void assertRefused(String pickle, String found) {
        assertThatThrownBy(() -> read(pickle, Object.class))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("p.pkl")
                .hasMessageContaining(found);
    }
}
