package dev.odeon.datasets.pde;

import dev.odeon.datasets.DataException;
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
    /** The column of the trajectories' numbers. */
    public static final String TRAJECTORY = "trajectory";
    /** The column of the times. */
    public static final String TIME = "t";
    /** The column of the states. */
    public static final String STATE = "u";

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
     * <p>For files whose states are to become tensors, {@link TrajectoryTable} avoids the arrays.
     *
     * @param path the file
     * @return its trajectories
     * @throws DataException if the file is damaged, lacks a column, or its trajectories have different times
     */
    public static Trajectories read(Path path) {
        TrajectoryTable table = TrajectoryTable.open(path);
        return new Trajectories(
                table.times(), table.rows(0, table.rows()), table.count(), table.points(), table.metadata());
    }
}
