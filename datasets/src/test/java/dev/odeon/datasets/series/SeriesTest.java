package dev.odeon.datasets.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.datasets.csv.CsvFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

class SeriesTest {
    private static final double NONE = Double.NaN;

    @TempDir
    Path folder;

    private static Series line(int length) {
        double[] times = new double[length];
        double[] values = new double[2 * length];
        Arrays.setAll(times, i -> 10 + i);
        Arrays.setAll(values, i -> i);
        return new Series("line", List.of("x", "y"), times, values);
    }

    @Test
    void selectsTimesAndChannels() {
        Series series = line(5);
        assertThat(series.select(new int[] {1, 4}).values()).containsExactly(2, 3, 8, 9);
        assertThat(series.slice(1, 3).times()).containsExactly(11, 12);
        assertThat(series.only(List.of("y")).values()).containsExactly(1, 3, 5, 7, 9);
        assertThat(series.value(2, 1)).isEqualTo(5);
        assertThatThrownBy(() -> series.only(List.of("z"))).hasMessageContaining("no channel 'z'");
    }

    @Test
    void refusesTimesThatStandStillAndNumbersThatAreNone() {
        assertThatThrownBy(() -> new Series("s", List.of("x"), new double[] {0, 0}, new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time 1 is 0.0");
        assertThatThrownBy(() -> new Series("s", List.of("x"), new double[] {0}, new double[] {1 / 0.0}))
                .hasMessageContaining("Infinity");
        assertThatThrownBy(() -> new Series("s", List.of("x"), new double[] {0}, new double[2]))
                .hasMessageContaining("2 values");
    }

    @Test
    void windowsAreCutByTheRule() {
        assertThat(new WindowRule(4, 2, 0).count(10)).isEqualTo(4);
        assertThat(new WindowRule(4, 2, 1).count(10)).isEqualTo(3);
        assertThat(WindowRule.separate(5).count(10)).isEqualTo(2);
        assertThat(WindowRule.separate(5).count(4)).isZero();
        Windows windows = Windows.of(List.of(line(3), line(5)), new WindowRule(3, 2, 0));
        assertThat(windows.owner()).containsExactly(0, 1, 1);
        assertThat(windows.start()).containsExactly(0, 0, 2);
        try (TFloat64 values = windows.values64();
                TFloat32 rounded = windows.values32();
                TFloat64 times = windows.times();
                TFloat64 elapsed = windows.elapsed(9.5)) {
            assertThat(values.shape()).isEqualTo(Shape.of(3, 3, 2));
            assertThat(values.getDouble(2, 1, 1)).isEqualTo(7);
            assertThat(rounded.getFloat(2, 2, 0)).isEqualTo(8);
            assertThat(times.getDouble(2, 0)).isEqualTo(12);
            assertThat(elapsed.getDouble(0, 0)).isEqualTo(0.5);
            assertThat(elapsed.getDouble(2, 0)).isEqualTo(1);
        }
        assertThat(windows.select(new int[] {2, 0}).start()).containsExactly(2, 0);
    }

    @Test
    void gapsBecomeZeroAndTheMaskTells() {
        Series gaps = new Series("g", List.of("x"), new double[] {0, 1, 2}, new double[] {5, NONE, 7});
        Windows windows = Windows.of(List.of(gaps), WindowRule.separate(3));
        try (TFloat64 values = windows.values64();
                TFloat64 mask = windows.mask64();
                TFloat32 mask32 = windows.mask32()) {
            assertThat(values.getDouble(0, 1, 0)).isZero();
            assertThat(mask.getDouble(0, 1, 0)).isZero();
            assertThat(mask.getDouble(0, 2, 0)).isEqualTo(1);
            assertThat(mask32.getFloat(0, 0, 0)).isEqualTo(1);
        }
    }

    @Test
    void paddedSeriesStandStillBehindTheirEnd() {
        PaddedSeries padded = new PaddedSeries(List.of(line(2), line(3)));
        try (TFloat64 values = padded.values64();
                TFloat32 values32 = padded.values32();
                TFloat64 mask = padded.mask64();
                TFloat32 mask32 = padded.mask32();
                TFloat64 times = padded.times();
                TInt32 lengths = padded.lengths()) {
            assertThat(values.shape()).isEqualTo(Shape.of(2, 3, 2));
            assertThat(values.getDouble(0, 1, 1)).isEqualTo(3);
            assertThat(values32.getFloat(0, 2, 1)).isZero();
            assertThat(mask.getDouble(0, 2, 0)).isZero();
            assertThat(mask32.getFloat(1, 2, 1)).isEqualTo(1);
            assertThat(times.getDouble(0, 2)).isEqualTo(11);
            assertThat(lengths.getInt(0)).isEqualTo(2);
        }
    }

    @Test
    void normalisationIsThatOfTheTrainingPart() {
        Series train =
                new Series("t", List.of("x", "c"), new double[] {0, 1, 2, 3}, new double[] {1, 4, 3, 4, NONE, 4, 5, 4});
        Normalisation standard = Normalisation.standard(List.of(train));
        assertThat(standard.offset()).containsExactly(3, 4);
        assertThat(standard.scale()[0]).isCloseTo(Math.sqrt(8.0 / 3), within(1e-15));
        assertThat(standard.scale()[1]).isEqualTo(1);
        Series other = new Series("o", List.of("x", "c"), new double[] {0}, new double[] {3, 5});
        assertThat(standard.apply(other).values()).containsExactly(0, 1);
        assertThat(standard.undo(standard.apply(other)).values()).containsExactly(3, 5);
        assertThat(Normalisation.range(List.of(train)).apply(train).values())
                .containsExactly(0, 0, 0.5, 0, NONE, 0, 1, 0);
    }

    @Test
    void aTenthIsDroppedAndTheSeedSaysWhich() {
        Series series = line(10_000);
        Series thin = new IrregularSampling(0.1, 7).thin(series, 0);
        assertThat(thin.length()).isBetween(8900, 9100);
        assertThat(new IrregularSampling(0.1, 7).thin(series, 0).times()).isEqualTo(thin.times());
        assertThat(new IrregularSampling(0.1, 8).thin(series, 0).times()).isNotEqualTo(thin.times());
        assertThat(new IrregularSampling(0.1, 7).thin(series, 1).times()).isNotEqualTo(thin.times());
        assertThat(new IrregularSampling(0, 7).thin(series, 0).length()).isEqualTo(10_000);
        assertThatThrownBy(() -> new IrregularSampling(1, 0)).hasMessageContaining("drop = 1.0");
    }

    @Test
    void anyTextFileOfColumnsIsASeries() throws IOException {
        Path file = Files.writeString(folder.resolve("s.csv"), "date,a,b\n2020-01-01,1,2\n2020-01-02,,4\n");
        Series series = CsvSeries.read(file, CsvFormat.standard(), "date");
        assertThat(series.channels()).containsExactly("a", "b");
        assertThat(series.times()[1] - series.times()[0]).isEqualTo(86_400);
        assertThat(series.values()).containsExactly(1, 2, NONE, 4);
        assertThat(CsvSeries.read(file, CsvFormat.standard()).times()).containsExactly(0, 1);
        Path back = Files.writeString(folder.resolve("b.csv"), "date,a\n2,1\n1,1\n");
        assertThatThrownBy(() -> CsvSeries.read(back, CsvFormat.standard(), "date"))
                .hasMessageContaining("b.csv: time 1.0 in row 1 of column 'date'");
    }

    @Test
    void seriesGoToArrowAndBackWithTheirGaps() {
        Path file = folder.resolve("s.arrow");
        Series gaps = new Series("g", List.of("x", "y"), new double[] {0, 1}, new double[] {5, NONE, NONE, 7});
        SeriesFile.write(List.of(line(3), gaps), Map.of("rule", "none"), file);
        List<Series> read = SeriesFile.read(file);
        assertThat(read).extracting(Series::name).containsExactly("line", "g");
        assertThat(read.get(0).values()).isEqualTo(line(3).values());
        assertThat(read.get(1).times()).containsExactly(0, 1);
        assertThat(read.get(1).values()).containsExactly(5, NONE, NONE, 7);
        assertThat(read.get(1).channels()).containsExactly("x", "y");
    }
}
