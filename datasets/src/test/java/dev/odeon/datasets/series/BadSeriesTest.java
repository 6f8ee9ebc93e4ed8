package dev.odeon.datasets.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Fuzz;
import dev.odeon.datasets.archives.TarBuilder;
import dev.odeon.datasets.archives.ZipBuilder;
import dev.odeon.datasets.arrow.ArrowTableWriter;
import dev.odeon.datasets.npz.NpzBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BadSeriesTest {
    private static final String OUTCOMES =
            "RecordID,SAPS-I,SOFA,Length_of_stay,Survival,In-hospital_death\n7,1,2,3,-1,0\n8,1,2,3,4,1\n";

    @TempDir
    Path folder;

    private static String patient(int id) {
        return "Time,Parameter,Value\n00:00,RecordID," + id
                + "\n00:00,Height,-1\n00:00,Age,54\n00:07,HR,70\n00:07,HR,80\n48:00,Temp,36.5\n";
    }

    private PhysioNet2012 read(Map<String, String> members) throws IOException {
        return PhysioNet2012.read(
                Files.write(folder.resolve("p.tar"), TarBuilder.tar(members)),
                Files.writeString(folder.resolve("o.txt"), OUTCOMES));
    }

    @Test
    void readsAPatient() throws IOException {
        PhysioNet2012 data = read(Map.of("8.txt", patient(8), "7.txt", patient(7)));
        assertThat(data.deaths()).isEqualTo(1);
        Series series = data.patients().get(0).series();
        assertThat(series.name()).isEqualTo("7");
        assertThat(series.times()).containsExactly(0, 7 / 60.0, 48);
        assertThat(series.value(0, series.channels().indexOf("Height"))).isNaN();
        assertThat(series.value(1, series.channels().indexOf("HR"))).isEqualTo(75);
        assertThat(series.observed()).isEqualTo(3);
    }

    @Test
    void filesThatDoNotFitTogetherAreRefused() {
        assertRefused(Map.of("7.txt", patient(7)), "1 patients; expected 2");
        assertRefused(Map.of("7.txt", patient(7), "8.txt", patient(7)), "patient 7");
        assertRefused(Map.of("7.txt", patient(7), "9.txt", patient(9)), "patient 9");
        assertRefused(Map.of("7.txt", "Time,Parameter,Value\n"), "no RecordID");
        assertRefused(Map.of("7.txt", patient(7) + "48:01,HR,1\n"), "time '48:01'");
        assertRefused(Map.of("7.txt", patient(7) + "1:000,HR,1\n"), "time '1:000'");
        assertRefused(Map.of("7.txt", patient(7) + "01:00,Mood,1\n"), "parameter 'Mood'");
        assertRefused(Map.of("7.txt", patient(7) + "01:00,HR,NaN\n"), "value 'NaN'");
        assertRefused(Map.of("7.txt", patient(7) + "01:00,HR\n"), "[01:00, HR]");
    }

    @Test
    void foldersWithoutWalksAreRefused() throws IOException {
        assertThatThrownBy(() -> Walker2d.read(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("0 files .npy");
        for (int i = 0; i < 7; i++) {
            Files.write(
                    folder.resolve("rollout_00" + i + ".npy"),
                    NpzBuilder.npy(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }", new byte[48]));
        }
        assertThatThrownBy(() -> Walker2d.read(folder)).hasMessageContaining("of shape [3, 2]; expected [T, 17]");
    }

    @Test
    void tablesOfOtherColumnsAreRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("v.csv"), "V1,V3\n1,2\n");
        assertThatThrownBy(() -> Silverbox.read(file)).hasMessageContaining("1 rows of [V1, V3]");
        assertThatThrownBy(() -> PlaneVibration.read(file)).hasMessageContaining("1 rows of [V1, V3]");
    }

    @Test
    @Timeout(240)
    void damagedPatientsAreRefusedOrPatients() throws IOException {
        Path outcomes = Files.writeString(folder.resolve("o.txt"), OUTCOMES);
        byte[] intact = TarBuilder.tar(Map.of("8.txt", patient(8), "7.txt", patient(7)));
        // Uncompressed, so that the damage reaches the parser instead of a checksum.
        int refused = Fuzz.refused(
                folder.resolve("damaged.tar"),
                intact,
                file -> assertThat(PhysioNet2012.read(file, outcomes).patients())
                        .hasSize(2));
        assertThat(refused).isGreaterThan(Fuzz.FILES / 10);
    }

    private void assertRefused(Map<String, String> members, String found) {
        assertThatThrownBy(() -> read(members))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("p.tar")
                .hasMessageContaining(found);
    }

    private static Map<String, byte[]> walks(int count) {
        Map<String, byte[]> walks = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            ByteBuffer data = ByteBuffer.allocate(200 * 17 * 8).order(ByteOrder.LITTLE_ENDIAN);
            for (int k = 0; k < 200 * 17; k++) {
                data.putDouble(i + k * 0.001);
            }
            walks.put(
                    "rollout_00" + i + ".npy",
                    NpzBuilder.npy(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (200, 17), }", data.array()));
        }
        return walks;
    }

    @Test
    void walksComeFromAFolderOrAnArchiveAlike() throws IOException {
        Map<String, byte[]> walks = walks(8);
        for (Map.Entry<String, byte[]> walk : walks.entrySet()) {
            Files.write(folder.resolve(walk.getKey()), walk.getValue());
        }
        Path archive = Files.write(folder.resolve("walker.zip"), ZipBuilder.zip(walks));
        var loose = Walker2d.read(folder);
        var packed = Walker2d.read(archive);
        assertThat(loose.train().inputs().count()).isBetween(42, 54);
        assertThat(packed.train().targets().series().get(3).values())
                .isEqualTo(loose.train().targets().series().get(3).values());
        assertThat(packed.test().inputs().start())
                .isEqualTo(loose.test().inputs().start());
    }

    @Test
    void aWalkThatIsMissingIsNoticed() throws IOException {
        byte[] whole = ZipBuilder.zip(walks(8));
        Path archive = folder.resolve("walker.zip");
        for (int length = 0; length < whole.length; length += 997) {
            Files.write(archive, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Walker2d.read(archive))
                    .as("%d bytes", length)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("walker.zip");
        }
        Map<String, byte[]> walks = walks(9);
        walks.remove("rollout_004.npy");
        Files.write(archive, ZipBuilder.zip(walks));
        assertThatThrownBy(() -> Walker2d.read(archive))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("rollout_005.npy after number 3; expected walks numbered without a gap");
    }

    @Test
    void seriesThatAreOnlyNamedAreMissed() {
        Path file = folder.resolve("s.arrow");
        ArrowTableWriter.to(file)
                .metadata(Map.of("channels", "x", "names", "a\nb"))
                .int32("series", new int[] {0, 0})
                .float64("t", new double[] {0, 1})
                .float64("x", new double[] {1, 2}, 1, new boolean[] {true, true})
                .write();
        assertThatThrownBy(() -> SeriesFile.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("s.arrow: 1 series; expected 2 by name");
        Series broken = new Series("a\nb", List.of("x"), new double[1], new double[1]);
        assertThatThrownBy(() -> SeriesFile.write(List.of(broken), Map.of(), file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name = a\\nb");
    }

    @Test
    @Timeout(240)
    void damagedFilesOfSeriesAreRefusedOrSeries() throws IOException {
        Path good = folder.resolve("good.arrow");
        Series one = new Series("a", List.of("x", "y"), new double[] {0, 1}, new double[] {1, Double.NaN, 3, 4});
        SeriesFile.write(List.of(one, one.slice(0, 1)), Map.of(), good);
        int refused = Fuzz.refused(
                folder.resolve("damaged.arrow"),
                Files.readAllBytes(good),
                file -> assertThat(SeriesFile.read(file)).hasSizeBetween(1, 2));
        assertThat(refused).isGreaterThan(Fuzz.FILES / 4);
    }
}
