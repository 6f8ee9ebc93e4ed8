package dev.odeon.datasets.pde;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.ArrowTable;
import dev.odeon.datasets.arrow.ArrowTableWriter;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Trajectories as Arrow IPC files.
 *
 * <p>One row per state, trajectory by trajectory: {@code trajectory} int32 (the number of the trajectory, ascending from
 * 0), {@code t} float64, {@code u} fixed-size list of float64. The metadata of the schema holds equation, parameters, seed
 * and version. A file of one trajectory may do without the first column. {@link dev.odeon.datasets.arrow.SolutionFile} writes
 * the states of a solve in this form.
 */
public final class TrajectoryFile {
    private static final String TRAJECTORY = "trajectory";
    private static final String TIME = "t";
    private static final String STATE = "u";

    private TrajectoryFile() {}

    /**
     * Writes a file; an existing one is replaced only when the new one is complete.
     *
     * @param trajectories what to write
     * @param path the file
     * @throws DataException if it cannot be written
     */
    public static void write(Trajectories trajectories, Path path) {
        int samples = trajectories.samples();
        int[] numbers = new int[trajectories.count() * samples];
        double[] times = new double[numbers.length];
        for (int i = 0; i < trajectories.count(); i++) {
            Arrays.fill(numbers, i * samples, (i + 1) * samples, i);
            System.arraycopy(trajectories.times(), 0, times, i * samples, samples);
        }
        ArrowTableWriter.to(path)
                .metadata(trajectories.metadata())
                .int32(TRAJECTORY, numbers)
                .float64(TIME, times)
                .float64(STATE, trajectories.states(), trajectories.points())
                .write();
    }

    /**
     * Reads a file into memory.
     *
     * <p>For files that are to become tensors as they are, {@link ArrowTable#column} avoids the arrays.
     *
     * @param path the file
     * @return its trajectories
     * @throws DataException if the file is damaged, lacks a column, or its trajectories have different times
     */
    public static Trajectories read(Path path) {
        ArrowTable table = ArrowTable.open(path);
        double[] t = table.column(TIME).doubles();
        double[] u = table.column(STATE).doubles();
        int points = table.column(STATE).width();
        if (table.column(TIME).width() != 1 || t.length == 0) {
            throw DataException.of(
                    path, t.length + " times", "one per row and at least one", "simulate or export the file again");
        }
        requireFinite(path, TIME, t);
        requireFinite(path, STATE, u);
        int count = table.has(TRAJECTORY) ? count(path, table.column(TRAJECTORY).ints()) : 1;
        int samples = t.length / count;
        for (int row = 0; row < t.length; row++) {
            int sample = row % samples;
            boolean ascending = sample == 0 || t[row] > t[row - 1];
            if (!ascending || t[row] != t[sample]) {
                throw DataException.of(
                        path,
                        "t = " + t[row] + " in row " + row,
                        "ascending times, the same for every trajectory",
                        "simulate or export the file again");
            }
        }
        return new Trajectories(Arrays.copyOf(t, samples), u, count, points, table.metadata());
    }

    private static int count(Path path, int[] numbers) {
        int count = numbers[numbers.length - 1] + 1;
        boolean regular = count >= 1 && numbers.length % count == 0;
        for (int row = 0; regular && row < numbers.length; row++) {
            regular = numbers[row] == row / (numbers.length / count);
        }
        if (!regular) {
            throw DataException.of(
                    path,
                    "irregular numbers in column '" + TRAJECTORY + "'",
                    "equally many rows for 0, 1, 2, ... in this order",
                    "sort the rows by trajectory and time");
        }
        return count;
    }

    private static void requireFinite(Path path, String column, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw DataException.of(
                        path,
                        values[i] + " in column '" + column + "', value " + i,
                        "finite numbers",
                        "simulate or export the file again");
            }
        }
    }
}
