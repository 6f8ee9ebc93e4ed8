package dev.odeon.experiments.runs;

import dev.odeon.experiments.training.session.RecordedRun;
import dev.odeon.experiments.training.session.Spread;
import dev.odeon.plots.Curves;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A figure of one run or several over their epochs: the mean of those that have the epoch, and one standard deviation around. */
final class EpochBand {

    private EpochBand() {}

    /**
     * The curve.
     *
     * @param name in the legend
     * @param column of metrics.csv
     */
    static Curves.Curve of(String name, List<RecordedRun> runs, String column) {
        TreeMap<Double, List<Double>> byEpoch = new TreeMap<>();
        for (RecordedRun run : runs) {
            List<Double> epochs = run.column(RecordedRun.EPOCH);
            List<Double> values = run.column(column);
            for (int i = 0; i < values.size(); i++) {
                if (Double.isFinite(values.get(i))) {
                    byEpoch.computeIfAbsent(epochs.get(i), epoch -> new ArrayList<>())
                            .add(values.get(i));
                }
            }
        }
        List<Spread> spreads = byEpoch.values().stream().map(Spread::of).toList();
        double[] x = byEpoch.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        double[] mean = spreads.stream().mapToDouble(Spread::mean).toArray();
        if (runs.size() < 2) {
            return new Curves.Curve(name, x, mean);
        }
        // One run alone in an epoch has no deviation.
        double[] deviation = spreads.stream()
                .mapToDouble(spread -> spread.count() > 1 ? spread.deviation() : 0)
                .toArray();
        return new Curves.Curve(name, x, mean, deviation);
    }
}
