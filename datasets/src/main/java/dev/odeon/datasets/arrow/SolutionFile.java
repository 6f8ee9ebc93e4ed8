package dev.odeon.datasets.arrow;

import dev.odeon.datasets.arrow.columns.ColumnSource;
import dev.odeon.datasets.arrow.columns.Numbers;
import dev.odeon.datasets.arrow.types.ElementType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TType;

/**
 * Writes the states of a solve as an Arrow IPC file.
 *
 * <p>One row per state, sample by sample, time by time: {@code trajectory} int32 (the number of the sample), {@code t} and
 * {@code u}, a fixed-size list of the state's numbers; or, if the components have names, one column for each. Numbers keep
 * their type and are copied once, from the tensors' memory into the batches of the file. In float64 the file is one of
 * trajectories ({@code TrajectoryFile} reads it), as long as all samples have the same times.
 *
 * <p>Times of a solve that ended early are NaN, and such rows are left out; states are written as they are. A solve's
 * times and states are fetched together:
 *
 * <pre>{@code
 * try (Result fetched = session.runner().fetch(solution.times()).fetch(solution.states()).run()) {
 *     SolutionFile.of(fetched.get(0), fetched.get(1))
 *             .withComponents(List.of("hares", "lynxes"))
 *             .withMetadata(Map.of("equation", "Lotka-Volterra", "method", "tsit5"))
 *             .write(path);
 * }
 * }</pre>
 */
public final class SolutionFile {
    private static final String TRAJECTORY = "trajectory";
    private static final String TIME = "t";
    private static final String STATE = "u";

    private final TType times;
    private final TType states;
    private final List<String> components;
    private final Map<String, String> metadata;

    private SolutionFile(TType times, TType states, List<String> components, Map<String, String> metadata) {
        this.times = times;
        this.states = states;
        this.components = List.copyOf(components);
        this.metadata = Map.copyOf(metadata);
    }

    /**
     * Takes the tensors of a solution; they are read when the file is written, and stay the caller's.
     *
     * @param times the times, of shape [times], or [times, batch] where each sample has its own; float32 or float64
     * @param states the states, of shape [times, batch, ...]; float32 or float64
     * @return a file to write
     * @throws IllegalArgumentException if types or shapes do not fit
     */
    public static SolutionFile of(TType times, TType states) {
        long[] shape = states.shape().asArray();
        long[] clock = times.shape().asArray();
        boolean fits = shape.length >= 2
                && states.size() > 0
                && (clock.length == 1 || (clock.length == 2 && clock[1] == shape[1]))
                && clock[0] == shape[0];
        if (!fits || !isFloating(times) || !isFloating(states)) {
            throw new IllegalArgumentException("times " + describe(times) + " and states " + describe(states)
                    + ": give floating-point numbers of shapes [times] or [times, batch], and [times, batch, ...]");
        }
        if (states.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "states " + describe(states) + ": give less than 2^31 numbers, some of the times at once");
        }
        return new SolutionFile(times, states, List.of(), Map.of());
    }

    /**
     * Gives the components of a state columns of their own instead of one column of lists.
     *
     * @param names one for each number of a state, in its order
     * @return the file with these columns
     * @throws IllegalArgumentException if there are too many or too few, one is there twice, or is {@code trajectory} or
     *     {@code t}
     */
    public SolutionFile withComponents(List<String> names) {
        if (names.size() != width()) {
            throw new IllegalArgumentException(
                    names.size() + " names " + names + ": give " + width() + ", one for each number of a state");
        }
        if (new HashSet<>(names).size() != names.size() || names.contains(TRAJECTORY) || names.contains(TIME)) {
            throw new IllegalArgumentException(
                    "names " + names + ": give different ones, other than " + TRAJECTORY + " and " + TIME);
        }
        return new SolutionFile(times, states, names, metadata);
    }

    /** {@return the file with these texts in the metadata of its schema: equation, parameters, method, seed} */
    public SolutionFile withMetadata(Map<String, String> entries) {
        return new SolutionFile(times, states, components, entries);
    }

    /**
     * Writes the file; an existing one is replaced only when the new one is complete.
     *
     * @param path the file; folders above it are made
     * @throws dev.odeon.datasets.DataException if it cannot be written
     */
    public void write(Path path) {
        ElementType timeType = Objects.requireNonNull(ElementType.of(times));
        ElementType type = Objects.requireNonNull(ElementType.of(states));
        int width = width();
        Kept kept = kept();
        ArrowTableWriter writer = ArrowTableWriter.to(path)
                .metadata(metadata)
                .int32(TRAJECTORY, kept.samples)
                .add(ColumnSource.scalars(TIME, timeType, new Numbers.RowsOfTensor(times, timeType, kept.times, 0, 1)));
        if (components.isEmpty()) {
            writer.metadata(Map.of("shape." + STATE, rowShape()))
                    .add(ColumnSource.rows(
                            STATE, type, new Numbers.RowsOfTensor(states, type, kept.states, 0, width), width));
        }
        for (int i = 0; i < components.size(); i++) {
            writer.add(ColumnSource.scalars(
                    components.get(i), type, new Numbers.RowsOfTensor(states, type, kept.states, i, 1)));
        }
        writer.write();
    }

    /**
     * The rows of the file.
     *
     * @param samples the sample of each
     * @param times where its time is in the tensor of times
     * @param states where its state begins in the tensor of states
     */
    @SuppressWarnings("ArrayRecordComponent") // Bulk data on its way into a file.
    private record Kept(int[] samples, int[] times, int[] states) {}

    private Kept kept() {
        int count = (int) states.shape().get(0);
        int batch = (int) states.shape().get(1);
        boolean common = times.shape().numDimensions() == 1;
        double[] clock = numbers(times);
        int[] samples = new int[count * batch];
        int[] timePlaces = new int[samples.length];
        int[] statePlaces = new int[samples.length];
        int row = 0;
        for (int sample = 0; sample < batch; sample++) {
            for (int k = 0; k < count; k++) {
                int place = common ? k : k * batch + sample;
                if (!Double.isNaN(clock[place])) {
                    samples[row] = sample;
                    timePlaces[row] = place;
                    statePlaces[row++] = (k * batch + sample) * width();
                }
            }
        }
        return new Kept(Arrays.copyOf(samples, row), Arrays.copyOf(timePlaces, row), Arrays.copyOf(statePlaces, row));
    }

    /** {@return how many numbers a state has} */
    private int width() {
        return (int) (states.size() / states.shape().get(0) / states.shape().get(1));
    }

    private String rowShape() {
        return Arrays.stream(states.shape().asArray())
                .skip(2)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(","));
    }

    private static double[] numbers(TType tensor) {
        double[] numbers = new double[Math.toIntExact(tensor.size())];
        if (tensor instanceof TFloat64) {
            tensor.asRawTensor().data().asDoubles().read(numbers);
            return numbers;
        }
        FloatDataBuffer single = tensor.asRawTensor().data().asFloats();
        Arrays.setAll(numbers, single::getFloat);
        return numbers;
    }

    private static boolean isFloating(TType tensor) {
        return tensor instanceof TFloat64 || tensor instanceof TFloat32;
    }

    private static String describe(TType tensor) {
        return "of " + tensor.dataType() + " " + tensor.shape();
    }
}
