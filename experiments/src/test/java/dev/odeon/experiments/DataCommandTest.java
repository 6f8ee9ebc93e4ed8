package dev.odeon.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class DataCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream before = System.out;

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setOut(before);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void requireData(String location) {
        String folder = System.getenv("ODEON_DATA");
        Assumptions.assumeTrue(
                folder != null && Files.isRegularFile(Path.of(folder, location)),
                "needs " + location + ": set ODEON_DATA to a folder that has it");
    }

    @ParameterizedTest
    @CsvSource({
        "cora, graphs/cora.npz, nodes 2485, edges 5069, features 1433, classes 7",
        "citeseer, graphs/citeseer.npz, nodes 2110, edges 3668, features 3703, classes 6",
        "coauthor-cs, graphs/coauthor_cs.npz, nodes 18333, edges 81894, features 6805, classes 15",
        "photo, graphs/amazon_photo.npz, nodes 7487, edges 119043, features 745, classes 8",
        "planetoid-citeseer, graphs/planetoid/ind.citeseer.x, nodes 2120, edges 3679, features 3703, classes 6",
        "mnist, mnist/t10k-labels-idx1-ubyte.gz, training images 60000, test images 10000, height 28, classes 10",
        "planetoid-cora, graphs/planetoid/ind.cora.x, nodes 2485, edges 5069, checksum right, classes 7",
        "walker2d, walker2d/rollout_000.npy, training windows 9684, validation windows 1272, test windows 1937, channels 17",
        "physionet2012, physionet2012/set-a.tar.xz, patients 4000, deaths 554, channels 41, values 1748013",
        "silverbox, vibration/silverbox.csv, rows 131072, channels 2, training steps 1000, forecast steps 3000",
        "plane-vibration, vibration/plane_vibration.csv, rows 73728, training windows 509, validation windows 254,"
                + " test windows 254",
        "etth1, timeseries/ETTh1.csv, rows 17420, channels 7, values 121940, licence CC",
    })
    void infoPrintsTheCountsOfThePapers(
            String name, String file, String first, String second, String third, String fourth) {
        requireData(file);
        assertThat(Odeon.execute("data", "info", name)).isZero();
        assertThat(printed().replaceAll(" +", " "))
                .contains(name + ": ", first, second, third, fourth)
                .doesNotContain("(published");
    }

    @Test
    void infoSaysWhereCountsAreNotThoseOfThePapers() {
        requireData("graphs/cora.npz");
        String cora = Path.of(System.getenv("ODEON_DATA"), "graphs/cora.npz").toString();
        assertThat(Odeon.execute("data", "info", "computers", "--data", cora)).isZero();
        assertThat(printed().replaceAll(" +", " "))
                .contains(
                        "nodes 2485 (published: 13381)", "edges 5069 (published: 245778)", "classes 7 (published: 10)")
                .contains("cora.npz (no checksum is known; SHA-256 068e22d9");
    }

    @Test
    void convertWritesTablesThatInfoReadsAgain(@TempDir Path folder) {
        requireData("graphs/cora.npz");
        Path target = folder.resolve("tables");
        assertThat(Odeon.execute("data", "convert", "cora", target.toString())).isZero();
        assertThat(printed()).contains("edges.arrow", "nodes.arrow");
        assertThat(Odeon.execute("data", "info", "cora", "--data", target.toString()))
                .isZero();
        assertThat(printed().replaceAll(" +", " ")).contains("nodes 2485", "edges 5069");
    }

    @Test
    void infoDescribesAnyArrowFile(@TempDir Path folder) {
        requireData("timeseries/hudson-bay-lynx-hare.csv");
        assertThat(Odeon.execute("data", "convert", "lynx-hare", folder.toString()))
                .isZero();
        Path file = folder.resolve("series.arrow");
        assertThat(Odeon.execute("data", "info", file.toString())).isZero();
        assertThat(printed().replaceAll(" +", " "))
                .contains(
                        file + ": an Arrow table\n rows 21",
                        "column t FLOAT64",
                        "column x FLOAT64[2]",
                        "metadata channels Lynx, Hare");
    }

    @Test
    void infoRecognisesFilesByTheirContent(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("measured"), "# t,x\n0,1\n1,\n");
        assertThat(Odeon.execute("data", "info", file.toString())).isZero();
        assertThat(printed().replaceAll(" +", " "))
                .contains(
                        file + ": comma-separated values\n rows 2\n column t FLOAT64\n column x FLOAT64, 1 missing\n");
        assertThat(Odeon.execute("data", "info", folder.resolve("none.npz").toString()))
                .isEqualTo(2);
    }

    @Test
    void namesInFilesAreNoCodesForTheTerminal(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a\u001b[31m.csv"), "t,x\u001b]0;title\u0007\n0,1\n");
        assertThat(Odeon.execute("data", "info", file.toString())).isZero();
        assertThat(printed()).contains("x ]0;title ").doesNotContainPattern("[\\p{Cntrl}&&[^\n]]");
        assertThat(CommandLineFixture.run("data", "info", file + "\u009b.none").complaint())
                .contains("no such file")
                .doesNotContainPattern("[\\p{Cntrl}\u009b&&[^\n]]");
        assertThat(CommandLineFixture.run(
                                "train", "grand", "--rate", "\u001b[2J", "--out", folder.toString(), "--debug")
                        .complaint())
                .contains("--rate is")
                .doesNotContainPattern("[\\p{Cntrl}&&[^\n]]");
    }

    @Test
    void nothingIsPrintedOfFilesThatCannotBeRead(@TempDir Path folder) throws IOException {
        Path damaged = Files.writeString(folder.resolve("damaged.arrow"), "ARROW1 and no more");
        assertThat(Odeon.execute("data", "info", damaged.toString())).isEqualTo(2);
        Path empty = Files.createFile(folder.resolve("empty.npz"));
        assertThat(Odeon.execute("data", "info", "cora", "--data", empty.toString()))
                .isEqualTo(2);
        assertThat(printed()).isEmpty();
    }

    @Test
    void unknownNamesAreBadInput() {
        assertThat(Odeon.execute("data", "info", "nonsense")).isEqualTo(2);
        assertThat(Odeon.execute("data", "convert", "nonsense", "folder")).isEqualTo(2);
    }
}
