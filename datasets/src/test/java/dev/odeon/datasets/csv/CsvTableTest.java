package dev.odeon.datasets.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Fuzz;
import dev.odeon.datasets.Mutations;
import dev.odeon.datasets.archives.TarBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {
    @TempDir
    Path folder;

    private CsvTable read(String text) throws IOException {
        return CsvTable.read(Files.writeString(folder.resolve("t.csv"), text), CsvFormat.standard());
    }

    @Test
    void readsNumbersGapsAndDates() throws IOException {
        CsvTable table =
                read("# made by hand\n\"time\", a ,b\n1970-01-02,1.5,\n1970-01-01 00:00:10,NA,-2e3\n1970-02,.5,1.\n");
        assertThat(table.names()).containsExactly("time", "a", "b");
        assertThat(table.rows()).isEqualTo(3);
        assertThat(table.column("time")).containsExactly(86_400, 10, 31 * 86_400);
        assertThat(table.column("a")).containsExactly(1.5, Double.NaN, 0.5);
        assertThat(table.column("b")).containsExactly(Double.NaN, -2000, 1);
    }

    @Test
    void aCommaAtTheEndOfEachLineMakesNoColumn() throws IOException {
        assertThat(read("\"V1\",\"V2\",\n1,2,\n3,4,\n").names()).containsExactly("V1", "V2");
        assertThatThrownBy(() -> read("a,b,\n1,2,\n3,4\n")).hasMessageContaining("2 fields in line 3");
    }

    @Test
    void readsFilesWithoutNamesAndCompressedOnes() throws IOException {
        byte[] text = "1;2\n3;4\n".getBytes(StandardCharsets.UTF_8);
        CsvFormat format = CsvFormat.standard().withoutNames().withSeparator(';');
        for (byte[] bytes : new byte[][] {text, TarBuilder.gzip(text), TarBuilder.xz(text)}) {
            CsvTable table = CsvTable.read(Files.write(folder.resolve("n.txt"), bytes), format);
            assertThat(table.column("1")).containsExactly(2, 4);
        }
    }

    @Test
    void aFirstLineOfNumbersIsNoHeader() throws IOException {
        CsvTable commented = read("# made by hand\n# t, x\n0,1\n0.5,2\n");
        assertThat(commented.names()).containsExactly("t", "x");
        assertThat(commented.column("x")).containsExactly(1, 2);
        CsvTable bare = read("0,1\n0.5,2\n");
        assertThat(bare.names()).containsExactly("0", "1");
        assertThat(bare.column("1")).containsExactly(1, 2);
        assertThat(read("2016-07-01,NA\n2016-07-02,3\n").column("1")).containsExactly(Double.NaN, 3);
        assertThat(read("# 1,2\n0,1\n").names()).containsExactly("0", "1");
        assertThat(read("# \"t\n0,1\n").rows()).isEqualTo(1);
        // A header in its place is not that of a comment, and one of numbers can be said to be one.
        assertThat(read("# a,b\nt,2020\n0,1\n").names()).containsExactly("t", "2020");
        assertThat(read(",0,1\n7,1.5,2\n").column("0")).containsExactly(1.5);
        CsvTable years = CsvTable.read(
                Files.writeString(folder.resolve("y.csv"), "2019,2020\n1,2\n"),
                CsvFormat.standard().withNames());
        assertThat(years.column("2020")).containsExactly(2);
    }

    @Test
    void timesKeepTheirDigits() throws IOException {
        double[] time =
                read("t\n1970-01-01 00:00:00.000001\n1970-01-01T00:00:00.000000001\n2017-07-14 02:40:00.123456\n")
                        .column("t");
        assertThat(time).containsExactly(1e-6, 1e-9, 1_500_000_000.123456);
        assertThat(read("t\n1970-01-01 02:00:01.5+02:00\n1970-01-01T00:00:02Z\n1969-12-31 19:00:03-0500\n")
                        .column("t"))
                .containsExactly(1.5, 2, 3);
        String fine = "t\n2017-07-14 02:40:00.123456789\n2017-07-14 02:40:00.123456790\n";
        assertThatThrownBy(() -> read(fine))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t.csv: time '2017-07-14 02:40:00.123456789' in line 2")
                .hasMessageContaining("CsvFormat.withOrigin");
        CsvTable near = CsvTable.read(
                Files.writeString(folder.resolve("n.csv"), fine),
                CsvFormat.standard().withOrigin(LocalDateTime.of(2017, 7, 14, 2, 40)));
        assertThat(near.column("t")).containsExactly(0.123456789, 0.12345679);
        assertThatThrownBy(() -> read("t\n2017-07-14 02:40:00.1234567891\n"))
                .hasMessageContaining("a number or a date");
    }

    @Test
    void errorsNameFileLineColumnAndText() {
        assertThatThrownBy(() -> read("a,b\n1,2\n3,four\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t.csv: 'four' in column 'b' in line 3; expected a number or a date");
        for (String text : new String[] {"0x1p3", "Infinity", "1d", "1e999", "2016-13-01", "-", "1 2"}) {
            assertThatThrownBy(() -> read("a\n" + text + "\n"))
                    .as(text)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("'" + text + "' in column 'a'");
        }
        assertThatThrownBy(() -> read("a\n")).hasMessageContaining("no line with values");
        assertThatThrownBy(() -> read("")).hasMessageContaining("no line with values");
        assertThatThrownBy(() -> read("a,a\n1,2\n")).hasMessageContaining("two columns called 'a'");
        assertThatThrownBy(() -> read("a\n1\n").column("z")).hasMessageContaining("columns [a]");
        assertThatThrownBy(() -> read("a\n\"1"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t.csv");
    }

    @Test
    void fieldsAndLinesWithoutEndAreRefused() throws IOException {
        assertThatThrownBy(() -> read("a\n" + "1".repeat(5000) + "\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t.csv");
        assertThatThrownBy(() -> read("a\n" + "1,".repeat(100_000) + "\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("t.csv");
        byte[] endless = TarBuilder.gzip(("a\n\"" + " ".repeat(40 << 20)).getBytes(StandardCharsets.UTF_8));
        long before = Mutations.heapTaken();
        Path file = Files.write(folder.resolve("endless.csv.gz"), endless);
        assertThatThrownBy(() -> CsvTable.read(file, CsvFormat.standard()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("endless.csv.gz");
        assertThat(Mutations.heapTaken() - before).isLessThan(48L << 20);
    }

    @Test
    void theMarkOfUnicodeIsNoPartOfAName() throws IOException {
        assertThat(read("\ufeffa,b\n1,2\n").names()).containsExactly("a", "b");
    }

    @Test
    @Timeout(240)
    void damagedTextsAreRefusedOrTables() throws IOException {
        StringBuilder text = new StringBuilder("time,a,b\n");
        for (int i = 0; i < 50; i++) {
            text.append(i).append(",").append(i * 0.25).append(",\"").append(-i).append("\"\n");
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        int refused = Fuzz.refused(folder.resolve("damaged.csv"), bytes, file -> {
            CsvTable table = CsvTable.read(file, CsvFormat.standard());
            for (String name : table.names()) {
                assertThat(table.column(name)).hasSize(table.rows());
            }
        });
        assertThat(refused).isGreaterThan(Fuzz.FILES / 4);
    }
}
