package dev.odeon.datasets.pde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Fuzz;
import dev.odeon.datasets.arrow.ArrowTable;
import dev.odeon.datasets.arrow.ArrowTableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

class TrajectoryFileTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatItWrote() {
        Path file = folder.resolve("burgers.arrow");
        Trajectories written = Burgers.standard()
                .withPoints(16)
                .withTrajectories(3)
                .withSampling(new Sampling(0, 0.1, 4))
                .simulate();
        TrajectoryFile.write(written, file);
        Trajectories read = TrajectoryFile.read(file);
        assertThat(read.times()).isEqualTo(written.times());
        assertThat(read.states()).isEqualTo(written.states());
        assertThat(read.metadata()).isEqualTo(written.metadata()).containsEntry("viscosity", "8.0E-4");
        assertThat(read.count()).isEqualTo(3);
        assertThat(read.points()).isEqualTo(16);
    }

    @Test
    void rowsAreStatesForAnyReaderOfArrow() {
        Path file = folder.resolve("ks.arrow");
        Trajectories written = KuramotoSivashinsky.standard()
                .withSampling(new Sampling(0, 0.2, 5))
                .simulate();
        TrajectoryFile.write(written, file);
        ArrowTable table = ArrowTable.open(file);
        assertThat(table.columns()).containsExactly("trajectory", "t", "u");
        assertThat(table.column("t").doubles()).isEqualTo(written.times());
        try (TFloat64 u = table.column("u").tensor(TFloat64.class);
                TInt32 trajectory = table.column("trajectory").tensor(TInt32.class)) {
            assertThat(u.shape()).isEqualTo(Shape.of(5, 64));
            assertThat(u.getDouble(3, 17)).isEqualTo(written.state(0, 3)[17]);
            assertThat(trajectory.getInt(4)).isZero();
        }
    }

    @Test
    void statesBecomeTensorsWithoutArrays() {
        Path file = folder.resolve("many.arrow");
        // More rows than are read at a time.
        Trajectories written = Burgers.standard()
                .withPoints(8)
                .withTrajectories(61)
                .withSampling(new Sampling(0, 0.1, 11))
                .simulate();
        TrajectoryFile.write(written, file);
        TrajectoryTable table = TrajectoryTable.open(file);
        assertThat(table.rows()).isEqualTo(671);
        assertThat(table.metadata()).isEqualTo(written.metadata());
        try (TFloat64 wide = table.states(TFloat64.class);
                TFloat32 narrow = table.states(TFloat32.class)) {
            assertThat(wide.shape()).isEqualTo(Shape.of(671, 8)).isEqualTo(narrow.shape());
            for (int row : new int[] {0, 511, 512, 670}) {
                double[] state = written.state(row / 11, row % 11);
                assertThat(table.rows(row, 1)).isEqualTo(state);
                assertThat(wide.getDouble(row, 7)).isEqualTo(state[7]);
                assertThat(narrow.getFloat(row, 7)).isEqualTo((float) state[7]);
            }
        }
    }

    @Test
    void equalSettingsGiveEqualFiles() throws IOException {
        KuramotoSivashinsky settings = KuramotoSivashinsky.standard().withSamples(5);
        Path one = folder.resolve("one.arrow");
        Path two = folder.resolve("two.arrow");
        TrajectoryFile.write(settings.simulate(), one);
        TrajectoryFile.write(settings.simulate(), two);
        assertThat(two).hasSameBinaryContentAs(one);
        TrajectoryFile.write(settings.withSeed(1).simulate(), two);
        assertThat(Files.mismatch(one, two)).isNotNegative();
    }

    @Test
    @Timeout(240)
    void damagedFilesAreRefusedOrTrajectories() throws IOException {
        Path file = folder.resolve("damaged.arrow");
        TrajectoryFile.write(
                Burgers.standard()
                        .withPoints(4)
                        .withTrajectories(2)
                        .withSampling(new Sampling(0, 0.1, 3))
                        .simulate(),
                file);
        byte[] intact = Files.readAllBytes(file);
        int refused = Fuzz.refused(
                file,
                intact,
                damaged -> assertThat(TrajectoryFile.read(damaged).samples()).isPositive());
        assertThat(refused).isBetween(Fuzz.FILES / 3, Fuzz.FILES - 1);
        Fuzz.cutShort(file, intact, TrajectoryFile::read);
    }

    @Test
    void becomesTensors() {
        Trajectories some = new Trajectories(new double[] {0, 1}, new double[] {1, 2, 3, 4, 5, 6.5}, 1, 3, Map.of());
        try (TFloat64 wide = some.toFloat64();
                TFloat32 narrow = some.toFloat32()) {
            assertThat(wide.shape()).isEqualTo(Shape.of(1, 2, 3)).isEqualTo(narrow.shape());
            assertThat(wide.getDouble(0, 1, 2)).isEqualTo(6.5);
            assertThat(narrow.getFloat(0, 1, 0)).isEqualTo(4f);
        }
    }

    @Test
    void acceptsAPlainTableOfOneTrajectory() {
        Path file = folder.resolve("plain.arrow");
        ArrowTableWriter.to(file)
                .float64("t", new double[] {0, 0.5})
                .float64("u", new double[] {1, 2, 3, 4}, 2)
                .write();
        assertThat(TrajectoryFile.read(file).state(0, 1)).containsExactly(3, 4);
    }

    @Test
    void refusesTablesThatAreNoTrajectories() {
        double[] u = {1, 2, 3, 4};
        assertRefused(new int[] {0, 0, 1, 1}, new double[] {0, 1, 0, 2}, u, "t = 2.0 in row 3");
        assertRefused(new int[] {0, 0, 1, 1}, new double[] {1, 0, 1, 0}, u, "t = 0.0 in row 1");
        assertRefused(new int[] {0, 1, 1, 1}, new double[] {0, 0, 1, 2}, u, "irregular numbers");
        assertRefused(new int[] {0, 0, 0, -7}, new double[] {0, 1, 2, 3}, u, "irregular numbers");
        assertRefused(new int[4], new double[] {0, 1, 2, Double.NaN}, u, "NaN in column 't', value 3");
        assertRefused(
                new int[4],
                new double[] {0, 1, 2, 3},
                new double[] {0, 1, 2, Double.POSITIVE_INFINITY},
                "Infinity in column 'u', value 3");
    }

    private void assertRefused(int[] trajectory, double[] t, double[] u, String found) {
        Path file = folder.resolve("bad.arrow");
        ArrowTableWriter.to(file)
                .int32("trajectory", trajectory)
                .float64("t", t)
                .float64("u", u, 1)
                .write();
        assertThatThrownBy(() -> TrajectoryFile.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bad.arrow")
                .hasMessageContaining(found);
    }
}
