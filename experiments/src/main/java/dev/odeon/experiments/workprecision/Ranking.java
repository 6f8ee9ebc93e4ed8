package dev.odeon.experiments.workprecision;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which series reaches an accuracy at the least cost. */
final class Ranking {

    private Ranking() {}

    /**
     * The cheapest point of each series whose error is within an accuracy, fewest evaluations first.
     *
     * @return for each series its evaluations, time and error
     */
    static Map<String, Object> of(List<Point> points, double accuracy) {
        List<Point> cheapest = points.stream()
                .map(point -> point.series().label())
                .distinct()
                .map(label -> cheapest(points, label, accuracy))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingInt(point -> point.figures().nfe()))
                .toList();
        Map<String, Object> ranking = new LinkedHashMap<>();
        for (Point point : cheapest) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("setting", point.setting().value());
            entry.put("nfe", point.figures().nfe());
            entry.put("medianMillis", point.figures().medianMillis());
            entry.put("factorizations", point.figures().factorizations());
            entry.put("error", point.error());
            ranking.put(point.series().label(), entry);
        }
        return ranking;
    }

    private static Optional<Point> cheapest(List<Point> points, String label, double accuracy) {
        return points.stream()
                .filter(point -> point.succeeded() && point.series().label().equals(label) && point.error() <= accuracy)
                .min(Comparator.comparingInt(point -> point.figures().nfe()));
    }
}
