package dev.odeon.experiments.pde;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.ArrowTable;
import dev.odeon.datasets.contents.FileContents;
import dev.odeon.datasets.pde.TrajectoryFile;
import dev.odeon.experiments.training.Settings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a file of trajectories says of itself, from which options take their defaults; its states are not looked at.
 *
 * @param points in space
 * @param samples of one trajectory
 * @param interval between two samples, their mean; exported times may be rounded
 * @param metadata such as equation, length and viscosity; often none
 */
record FileFacts(int points, int samples, double interval, Map<String, String> metadata) {

    /** Digits of an interval: those that a rounded time has in any case. */
    private static final MathContext DIGITS = new MathContext(12);

    /** Those of the file that {@code --data} names; empty if it names none. */
    static Optional<FileFacts> of(Map<String, String> options) {
        String file = options.getOrDefault(Settings.DATA, "");
        return file.isEmpty() ? Optional.empty() : Optional.of(read(Path.of(file)));
    }

    /**
     * Reads them.
     *
     * @throws DataException if the file is damaged, or has no trajectory of two samples
     */
    static FileFacts read(Path file) {
        FileContents.requireNotForeign(file);
        ArrowTable table = ArrowTable.open(file);
        double[] times = table.column(TrajectoryFile.TIME).doubles();
        int count = 1;
        if (table.has(TrajectoryFile.TRAJECTORY) && times.length > 0) {
            int[] numbers = table.column(TrajectoryFile.TRAJECTORY).ints();
            count = Math.max(1, numbers[numbers.length - 1] + 1);
        }
        int samples = times.length / count;
        if (samples < 2) {
            throw DataException.of(
                    file,
                    "has " + times.length + " rows of " + count + " trajectories",
                    "two samples of each or more",
                    "give another file");
        }
        double interval = (times[samples - 1] - times[0]) / (samples - 1);
        return new FileFacts(table.column(TrajectoryFile.STATE).width(), samples, rounded(interval), table.metadata());
    }

    private static double rounded(double number) {
        return Double.isFinite(number) ? new BigDecimal(number, DIGITS).doubleValue() : number;
    }

    /** What the metadata say, or an empty text. */
    String said(String name) {
        return metadata.getOrDefault(name, "");
    }
}
