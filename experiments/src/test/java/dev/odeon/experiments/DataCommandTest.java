package dev.odeon.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    void datesAreToldAsDates(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("days.csv"), "day,x\n2020-01-01,1\n2020-01-02,2\n");
        assertThat(Odeon.execute("data", "info", file.toString())).isZero();
        assertThat(printed().replaceAll(" +", " "))
                .contains("column day dates or times, as seconds since 1970 in FLOAT64\n column x FLOAT64\n");
    }

    @Test
    void foldersAndFilesOfOtherKindsAreToldWhatToDo(@TempDir Path folder) throws IOException {
        assertThat(CommandLineFixture.run("data", "info", folder.toString()).complaint())
                .contains("a folder that is no data set read here", "name one of its files")
                .hasLineCount(1);
        Path file = Files.writeString(folder.resolve("x.csv"), "t,x\n0,1\n");
        for (String task : new String[] {"convert", "fetch"}) {
            List<String> words = new ArrayList<>(List.of("data", task, file.toString()));
            if (task.equals("convert")) {
                words.add(folder.resolve("out").toString());
            }
            assertThat(CommandLineFixture.run(words.toArray(String[]::new)).complaint())
                    .contains("is a file; expected the name of a data set to " + task, "docs/DATA.md")
                    .doesNotContain("spelling")
                    .hasLineCount(1);
        }
        // One zero byte, so that it is no text.
        Path part = Files.write(folder.resolve("ind.cora.x"), new byte[] {1, 0, 2});
        assertThat(CommandLineFixture.run("data", "info", part.toString()).complaint())
                .contains(
                        "a part of the data set planetoid-cora, which odeon data info planetoid-cora reads as a whole")
                .hasLineCount(1);
    }

    @Test
    void trainGivesTheAdviceOfInfo(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("u.mat"), "MATLAB 5.0 MAT-file, and so on");
        String advice = "a MATLAB file; expected a kind that is read here; convert it with scipy.io.loadmat";
        String out = folder.resolve("out").toString();
        String[][] commands = {
            {"data", "info", file.toString()},
            {"train", "ks", "--data", file.toString(), "--out", out},
            {"train", "burgers", "--data", file.toString(), "--out", out},
            {"train", "grand", "--data", file.toString(), "--out", out}
        };
        for (String[] command : commands) {
            assertThat(CommandLineFixture.run(command).complaint())
                    .contains(advice)
                    .hasLineCount(1);
        }
    }

    @Test
    void theGraphThatComesWithTheProgramIsListed() {
        assertThat(Odeon.execute("data", "list")).isZero();
        assertThat(printed()).contains("karate ", "comes with the program, for train grand --dataset karate");
        assertThat(Odeon.execute("data", "info", "karate")).isZero();
        assertThat(printed().replaceAll(" +", " ")).contains("nodes 34", "edges 78", "classes 2");
        assertThat(CommandLineFixture.run("data", "fetch", "karate").complaint())
                .contains("comes with the program: there is nothing to fetch");
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
                                "train",
                                "grand",
                                "--rate",
                                "\u001b[2J",
                                "--out",
                                folder.resolve("out").toString(),
                                "--debug")
                        .complaint())
                .contains("--rate is")
                .doesNotContainPattern("[\\p{Cntrl}&&[^\n\t]]");
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
    void aTextThatIsNoTableIsNoKindThatIsRead(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("NOTES.md"), "# Notes\n\nSome words, and more.\nOthers.\n");
        assertThat(CommandLineFixture.run("data", "info", file.toString()).complaint())
                .contains("a text, but no table (", "expected a kind that is read here", "docs/DATA.md")
                .hasLineCount(1);
        assertThat(CommandLineFixture.run("train", "ks", "--data", file.toString(), "--out", "out")
                        .complaint())
                .contains("is not an Arrow file")
                .hasLineCount(1);
    }

    @Test
    void unknownNamesAreBadInput() {
        assertThat(CommandLineFixture.run("data", "info", "karat").complaint())
                .contains("nearest is karate", ", karate; check the spelling");
        assertThat(Odeon.execute("data", "info", "nonsense")).isEqualTo(2);
        assertThat(Odeon.execute("data", "convert", "nonsense", "folder")).isEqualTo(2);
    }
}
