package dev.odeon.datasets.pde;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.RowTensors;
import dev.odeon.datasets.arrow.ArrowColumn;
import dev.odeon.datasets.arrow.ArrowTable;
import dev.odeon.datasets.arrow.types.ElementType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * A file of trajectories that stays where it is: states become tensors straight from the mapped file.
 *
 * <p>For training; {@link TrajectoryFile#read} is for programs that compute with arrays. The form of the file is told there.
 */
public final class TrajectoryTable {

    /** Rows that are in Java's memory at a time. */
    private static final int CHUNK = 512;

    private final Path path;
    private final double[] times;
    private final int count;
    private final ArrowColumn states;
    private final Map<String, String> metadata;

    private TrajectoryTable(Path path, double[] times, int count, ArrowColumn states, Map<String, String> metadata) {
        this.path = path;
        this.times = times;
        this.count = count;
        this.states = states;
        this.metadata = metadata;
    }

    /**
     * Opens a file and looks through all of it.
     *
     * @throws DataException if the file is damaged, lacks a column, or its trajectories have different times
     */
    public static TrajectoryTable open(Path path) {
        ArrowTable table = ArrowTable.open(path);
        ArrowColumn time = table.column(TrajectoryFile.TIME);
        double[] t = time.doubles();
        if (time.width() != 1 || t.length == 0) {
            throw DataException.of(
                    path, t.length + " times", "one per row and at least one", "simulate or export the file again");
        }
        requireFinite(path, TrajectoryFile.TIME, t, 0);
        int count = table.has(TrajectoryFile.TRAJECTORY)
                ? count(path, table.column(TrajectoryFile.TRAJECTORY).ints())
                : 1;
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
        ArrowColumn states = table.column(TrajectoryFile.STATE);
        if (states.type() != ElementType.FLOAT64) {
            throw DataException.of(
                    path,
                    "the column '" + TrajectoryFile.STATE + "' is " + states.description(),
                    "float64 numbers",
                    "simulate or export the file again");
        }
        TrajectoryTable trajectories =
                new TrajectoryTable(path, Arrays.copyOf(t, samples), count, states, table.metadata());
        trajectories.requireFinite();
        return trajectories;
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
                    "irregular numbers in column '" + TrajectoryFile.TRAJECTORY + "'",
                    "equally many rows for 0, 1, 2, ... in this order",
                    "sort the rows by trajectory and time");
        }
        return count;
    }

    private void requireFinite() {
        for (int row = 0; row < rows(); row += CHUNK) {
            double[] chunk = rows(row, Math.min(CHUNK, rows() - row));
            requireFinite(path, TrajectoryFile.STATE, chunk, (long) row * points());
        }
    }

    private static void requireFinite(Path path, String column, double[] values, long first) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw DataException.of(
                        path,
                        values[i] + " in column '" + column + "', value " + (first + i),
                        "finite numbers",
                        "simulate or export the file again");
            }
        }
    }

    /** {@return the file} */
    public Path path() {
        return path;
    }

    /** {@return the times of each trajectory, strictly increasing; a copy} */
    public double[] times() {
        return times.clone();
    }

    /** {@return the number of times per trajectory} */
    public int samples() {
        return times.length;
    }

    /** {@return the number of trajectories} */
    public int count() {
        return count;
    }

    /** {@return the number of grid points} */
    public int points() {
        return states.width();
    }

    /** {@return the number of states of all trajectories} */
    public int rows() {
        return count * times.length;
    }

    /** {@return equation, parameters, seed and version} */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * Copies some neighbouring states.
     *
     * @param from the first row
     * @param length how many
     * @return the states, row by row
     */
    public double[] rows(int from, int length) {
        double[] numbers = new double[Math.multiplyExact(length, points())];
        try (TFloat64 tensor =
                (TFloat64) states.gather(IntStream.range(from, from + length).toArray())) {
            tensor.asRawTensor().data().asDoubles().read(numbers);
        }
        return numbers;
    }

    /**
     * Copies all states into a new tensor.
     *
     * @param type float64 copies memory to memory, float32 rounds some rows at a time
     * @return shape [rows, points], to be closed by the caller
     */
    public <T extends TFloating> T states(Class<T> type) {
        if (type.equals(TFloat64.class)) {
            return type.cast(states.tensor(TFloat64.class));
        }
        if (type.equals(TFloat32.class)) {
            return type.cast(RowTensors.float32(Shape.of(rows(), points()), new Chunks()));
        }
        throw new IllegalArgumentException(
                "States are TFloat64 or TFloat32, not " + type.getSimpleName() + ": choose one of these");
    }

    /** Rows one after the other, read some at a time. */
    private final class Chunks implements RowTensors.Source {
        private double[] chunk = new double[0];

        @Override
        public void copy(int row, double[] target) {
            if (row % CHUNK == 0) {
                chunk = rows(row, Math.min(CHUNK, TrajectoryTable.this.rows() - row));
            }
            System.arraycopy(chunk, row % CHUNK * target.length, target, 0, target.length);
        }
    }
}
