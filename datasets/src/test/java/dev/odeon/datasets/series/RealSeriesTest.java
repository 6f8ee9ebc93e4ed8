package dev.odeon.datasets.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Parts;
import dev.odeon.datasets.TestData;
import dev.odeon.datasets.csv.CsvFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.types.TFloat64;

/** The expected sums were computed with NumPy, by the code of the papers. */
class RealSeriesTest {
    @TempDir
    Path some;

    private static double sum(TFloat64 tensor) {
        try (tensor) {
            double[] total = {0};
            tensor.scalars().forEach(value -> total[0] += value.getDouble());
            return total[0];
        }
    }

    @Test
    void walker2dHasTheWindowsOfItsRule() {
        Path folder = TestData.requireFolder("walker2d", "rollout_000.npy");
        Parts<Walker2d> parts = Walker2d.read(folder);
        assertThat(parts.train().inputs().count()).isEqualTo(9684);
        assertThat(parts.validation().inputs().count()).isEqualTo(1272);
        assertThat(parts.test().inputs().count()).isEqualTo(1937);
        assertThat(sum(parts.train().inputs().values64())).isCloseTo(1520128.5244645737, within(1e-5));
        assertThat(sum(parts.validation().inputs().values64())).isCloseTo(193639.38214729272, within(1e-6));
        assertThat(sum(parts.test().targets().values64())).isCloseTo(314148.6844208642, within(1e-6));
        assertThat(sum(parts.train().inputs().elapsed(0))).isEqualTo(689148);
        assertThat(sum(parts.test().inputs().elapsed(0))).isEqualTo(137806);
        try (TFloat64 targets = parts.train().targets().values64()) {
            assertThat(targets.getDouble(1, 2, 3)).isEqualTo(-0.9626236186893903);
        }
    }

    @Test
    void publishedWalksMustAllBeThere() throws IOException {
        Path folder = TestData.requireFolder("walker2d", "rollout_399.npy");
        for (int i = 0; i < 400; i++) {
            String name = String.format(Locale.ROOT, "rollout_%03d.npy", i);
            Files.copy(folder.resolve(name), some.resolve(name));
        }
        for (String name : List.of("rollout_000.npy", "rollout_399.npy")) {
            Files.delete(some.resolve(name));
            assertThatThrownBy(() -> Walker2d.read(some))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("399 walks with")
                    .hasMessageContaining("expected 400 with [9684, 1272, 1937], as published");
            Files.copy(folder.resolve(name), some.resolve(name));
        }
    }

    @Test
    void planeVibrationIsSplitAsInThePaper() {
        Parts<PlaneVibration> parts = PlaneVibration.read(TestData.require("vibration/plane_vibration.csv"));
        PlaneVibration train = parts.train();
        assertThat(train.inputs().count()).isEqualTo(509);
        assertThat(parts.validation().inputs().count()).isEqualTo(254);
        assertThat(parts.test().inputs().count()).isEqualTo(254);
        assertThat(sum(train.inputs().values64())).isCloseTo(-15.649438400450691, within(1e-8));
        assertThat(sum(train.targets().values64())).isCloseTo(-20.469479074206077, within(1e-8));
        assertThat(sum(train.targets().elapsed(0))).isEqualTo(36263);
        assertThat(sum(parts.test().targets().elapsed(0))).isEqualTo(18004);
        assertThat(sum(parts.validation().forecast().values64())).isCloseTo(125.25523841883398, within(1e-8));
        assertThat(train.forecast().length()).isEqualTo(8);
    }

    @Test
    void publishedRowsMustAllBeThere() throws IOException {
        for (String name : List.of("silverbox.csv", "plane_vibration.csv")) {
            List<String> lines = Files.readAllLines(TestData.require("vibration/" + name));
            Path cut = Files.write(some.resolve(name), lines.subList(0, 50_001));
            assertThatThrownBy(() -> {
                        if (name.startsWith("silver")) {
                            Silverbox.read(cut);
                        } else {
                            PlaneVibration.read(cut);
                        }
                    })
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(name + ": 50000 rows; expected ")
                    .hasMessageContaining(", as published");
        }
    }

    @Test
    void silverboxIsCentredOnItsTrainingSteps() {
        Path file = TestData.require("vibration/silverbox.csv");
        assertThat(Silverbox.complete(file).length()).isEqualTo(131_072);
        Silverbox silverbox = Silverbox.read(file);
        assertThat(silverbox.train().length()).isEqualTo(1000);
        assertThat(silverbox.train().value(5, 0)).isCloseTo(0.03601873, within(1e-8));
        assertThat(silverbox.train().value(5, 1)).isCloseTo(-1.00690543, within(1e-8));
        double output = 0;
        for (int i = 0; i < silverbox.forecast().length(); i++) {
            output += silverbox.forecast().value(i, 1);
        }
        assertThat(output).isCloseTo(-25.72313199, within(1e-7));
    }

    @Test
    void physioNetHas4000PatientsAnd554Deaths() {
        PhysioNet2012 data = PhysioNet2012.read(
                TestData.require("physionet2012/set-a.tar.xz"), TestData.require("physionet2012/Outcomes-a.txt"));
        assertThat(data.patients()).hasSize(4000);
        assertThat(data.deaths()).isEqualTo(554);
        List<Series> series = data.patients().stream().map(Patient::series).toList();
        assertThat(series.get(0).channels()).hasSize(41);
        assertThat(series.stream().mapToInt(Series::length).sum()).isEqualTo(299_264);
        assertThat(series.stream().mapToLong(Series::observed).sum()).isEqualTo(1_748_013);
        Parts<PhysioNet2012> parts = PhysioNet2012.normalised(data.split(0.25));
        assertThat(parts.test().patients()).hasSize(800);
        assertThat(parts.test().patients().get(0).id()).isEqualTo(133980);
        assertThat(parts.test().patients().get(799).id()).isEqualTo(138790);
        assertThat(parts.train().patients()).hasSize(2400);
        assertThat(parts.train().patients().get(0).id()).isEqualTo(142664);
        assertThat(parts.validation().patients()).hasSize(800);
        assertThat(parts.validation().patients().get(799).id()).isEqualTo(140602);
        try (TFloat64 values = new PaddedSeries(
                        parts.train().patients().stream().map(Patient::series).toList())
                .values64()) {
            values.scalars().forEach(value -> assertThat(value.getDouble()).isBetween(0.0, 1.0));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ETTh1.csv, date, 17420, 7",
        "ETTh2.csv, date, 17420, 7",
        "daily-min-temperatures.csv, Date, 3650, 1",
        "monthly-sunspots.csv, Month, 2820, 1",
        "hudson-bay-lynx-hare.csv, Year, 21, 2",
    })
    void theSmallSeriesAreRead(String file, String time, int rows, int channels) {
        Series series = CsvSeries.read(TestData.require("timeseries/" + file), CsvFormat.standard(), time);
        assertThat(series.length()).isEqualTo(rows);
        assertThat(series.width()).isEqualTo(channels);
        assertThat(series.observed()).isEqualTo((long) rows * channels);
    }

    @Test
    void exchangeRatesHaveNoNames() {
        Series series = CsvSeries.read(
                TestData.require("timeseries/exchange_rate.txt.gz"),
                CsvFormat.standard().withoutNames());
        assertThat(series.length()).isEqualTo(7588);
        assertThat(series.width()).isEqualTo(8);
    }
}
