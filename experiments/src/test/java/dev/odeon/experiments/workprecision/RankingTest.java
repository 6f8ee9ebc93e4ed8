package dev.odeon.experiments.workprecision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.experiments.results.SolveFigures;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingTest {

    private static Point point(Series series, int setting, double error, int nfe, Outcome outcome) {
        return new Point(
                "problem",
                series,
                series.settings().get(setting),
                error,
                new SolveFigures(new double[0], outcome, nfe, 0, 0, 0, 0, 0, 1));
    }

    @Test
    void theCheapestAccuratePointOfEachSeriesCounts() {
        Series rk4 = Series.fixed(Methods.RK4, 1, 10, 20, 40);
        Series heun = Series.fixed(Methods.HEUN, 1, 10, 20);
        Series euler = Series.fixed(Methods.EULER, 1, 10);
        List<Point> points = List.of(
                point(rk4, 0, 1e-2, 40, Outcome.SUCCESS),
                point(rk4, 1, 1e-4, 80, Outcome.SUCCESS),
                point(rk4, 2, 1e-5, 160, Outcome.SUCCESS),
                point(heun, 0, 1e-6, 20, Outcome.NON_FINITE),
                point(heun, 1, 1e-3, 50, Outcome.SUCCESS),
                point(euler, 0, 1e-1, 10, Outcome.SUCCESS));
        assertThat(Ranking.of(points, 1e-3).keySet()).containsExactly("heun", "rk4");
        assertThat(String.valueOf(Ranking.of(points, 1e-3).get("rk4"))).contains("nfe=80");
        assertThat(Ranking.of(points, 1e-9)).isEmpty();
    }
}
