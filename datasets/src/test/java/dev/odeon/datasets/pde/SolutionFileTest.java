package dev.odeon.datasets.pde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.arrow.ArrowTable;
import dev.odeon.datasets.arrow.SolutionFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

class SolutionFileTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("deep").resolve("solution.arrow");
    }

    /** The state of sample b at time k is 100 k + 10 b + its place. */
    private static TFloat64 states(long... shape) {
        return TFloat64.tensorOf(
                Shape.of(shape),
                data -> data.scalars().forEachIndexed((at, x) -> {
                    long place = 0;
                    for (int axis = 2; axis < at.length; axis++) {
                        place = place * shape[axis] + at[axis];
                    }
                    x.setDouble(100.0 * at[0] + 10.0 * at[1] + place);
                }));
    }

    @Test
    void aSolutionIsReadBackAsTrajectories() {
        try (TFloat64 times = TFloat64.vectorOf(0, 0.5, 1);
                TFloat64 states = states(3, 2, 4)) {
            SolutionFile.of(times, states)
                    .withMetadata(Map.of("equation", "u' = 0"))
                    .write(file);
        }
        Trajectories read = TrajectoryFile.read(file);
        assertThat(read.count()).isEqualTo(2);
        assertThat(read.times()).containsExactly(0, 0.5, 1);
        assertThat(read.state(0, 1)).containsExactly(100, 101, 102, 103);
        assertThat(read.state(1, 2)).containsExactly(210, 211, 212, 213);
        assertThat(read.metadata()).containsEntry("equation", "u' = 0").containsEntry("shape.u", "4");
    }

    @Test
    void statesOfManyAxesAreFlattenedAndKeepTheirShape() {
        try (TFloat64 times = TFloat64.vectorOf(0, 1);
                TFloat64 states = states(2, 3, 2, 2)) {
            SolutionFile.of(times, states).write(file);
        }
        ArrowTable table = ArrowTable.open(file);
        assertThat(table.metadata()).containsEntry("shape.u", "2,2");
        try (TFloat64 u = table.column("u").tensor(TFloat64.class)) {
            assertThat(u.shape()).isEqualTo(Shape.of(6, 4));
            assertThat(u.getDouble(5, 3)).isEqualTo(123);
        }
    }

    @Test
    void componentsWithNamesAreColumns() {
        try (TFloat32 times = TFloat32.vectorOf(0, 2);
                TFloat32 states = TFloat32.tensorOf(
                        Shape.of(2, 1, 2),
                        data -> data.scalars().forEachIndexed((at, x) -> x.setFloat(10f * at[0] + at[2])))) {
            SolutionFile.of(times, states)
                    .withComponents(List.of("hares", "lynxes"))
                    .write(file);
        }
        ArrowTable table = ArrowTable.open(file);
        assertThat(List.copyOf(table.columns())).containsExactly("trajectory", "t", "hares", "lynxes");
        assertThat(table.column("t").floats()).containsExactly(0, 2);
        assertThat(table.column("hares").floats()).containsExactly(0, 10);
        assertThat(table.column("lynxes").floats()).containsExactly(1, 11);
    }

    @Test
    void rowsThatASampleDidNotReachAreLeftOut() {
        try (TFloat64 times = TFloat64.tensorOf(
                        Shape.of(3, 2),
                        data -> data.scalars()
                                .forEachIndexed((at, t) ->
                                        t.setDouble(at[0] == 2 && at[1] == 0 ? Double.NaN : at[0] + 0.25 * at[1])));
                TFloat64 states = states(3, 2, 1)) {
            SolutionFile.of(times, states).write(file);
        }
        ArrowTable table = ArrowTable.open(file);
        assertThat(table.column("trajectory").ints()).containsExactly(0, 0, 1, 1, 1);
        assertThat(table.column("t").doubles()).containsExactly(0, 1, 0.25, 1.25, 2.25);
        assertThat(table.column("u").doubles()).containsExactly(0, 100, 10, 110, 210);
    }

    @Test
    void aLargeSolutionGoesThroughManyBatches() {
        // 51 MB: the writer makes batches of 16.
        try (TFloat64 times = TFloat64.tensorOf(
                        Shape.of(100), data -> data.scalars().forEachIndexed((at, t) -> t.setDouble((double) at[0])));
                TFloat64 states = states(100, 64, 1000)) {
            SolutionFile.of(times, states).write(file);
        }
        ArrowTable table = ArrowTable.open(file);
        try (TFloat64 u = table.column("u").tensor(TFloat64.class)) {
            for (int row = 0; row < 6400; row += 63) {
                int sample = row / 100;
                assertThat(u.getDouble(row, 999)).isEqualTo(100.0 * (row % 100) + 10.0 * sample + 999);
            }
        }
    }

    @Test
    void whatIsNoSolutionIsRefused() {
        try (TFloat64 times = TFloat64.vectorOf(0, 1);
                TFloat64 states = states(2, 2, 3);
                TFloat64 flat = TFloat64.vectorOf(1, 2);
                TInt32 whole = TInt32.vectorOf(0, 1)) {
            assertThatThrownBy(() -> SolutionFile.of(times, flat))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("[times, batch, ...]");
            assertThatThrownBy(() -> SolutionFile.of(whole, states)).hasMessageContaining("DT_INT32 [2]");
            SolutionFile good = SolutionFile.of(times, states);
            assertThatThrownBy(() -> good.withComponents(List.of("a", "b")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("2 names [a, b]: give 3");
            assertThatThrownBy(() -> good.withComponents(List.of("a", "b", "t")))
                    .hasMessageContaining("other than trajectory and t");
        }
    }
}
