package dev.odeon.datasets.pde;

import java.util.Map;
import java.util.Objects;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * States of one or several simulations at common times, with the settings that made them.
 *
 * <p>All states lie in one array, trajectory by trajectory, time by time, point by point. The arrays are not copied, in or
 * out: treat them as read-only.
 *
 * @param times the times, strictly increasing, of length T
 * @param states the values u, of length {@code count * T * points}
 * @param count number of trajectories, 1 or more
 * @param points number of grid points, 1 or more
 * @param metadata equation, parameters, seed and version, as written to files
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data: a defensive copy of every access would double the memory.
public record Trajectories(double[] times, double[] states, int count, int points, Map<String, String> metadata) {
    public Trajectories {
        Objects.requireNonNull(times, "times");
        if (times.length == 0 || count < 1 || points < 1) {
            throw new IllegalArgumentException("times: " + times.length + ", count = " + count + ", points = " + points
                    + ": give at least one of each");
        }
        for (int i = 1; i < times.length; i++) {
            if (!(times[i] > times[i - 1])) {
                throw new IllegalArgumentException("times[" + i + "] = " + times[i] + " after " + times[i - 1]
                        + ": give strictly increasing times");
            }
        }
        long expected = Math.multiplyExact(Math.multiplyExact((long) count, times.length), (long) points);
        if (states.length != expected) {
            throw new IllegalArgumentException(
                    "states has " + states.length + " values: give count * times * points = " + expected);
        }
        metadata = Map.copyOf(metadata);
    }

    /** {@return the number of times per trajectory} */
    public int samples() {
        return times.length;
    }

    /**
     * Copies one state.
     *
     * @param trajectory index of the trajectory
     * @param sample index of the time
     * @return the state, of length {@code points}
     */
    public double[] state(int trajectory, int sample) {
        Objects.checkIndex(trajectory, count);
        Objects.checkIndex(sample, samples());
        double[] state = new double[points];
        System.arraycopy(states, (trajectory * samples() + sample) * points, state, 0, points);
        return state;
    }

    /** {@return the states as a new tensor of shape [count, samples, points], to be closed by the caller} */
    public TFloat64 toFloat64() {
        return TFloat64.tensorOf(shape(), DataBuffers.of(states, true, false));
    }

    /** {@return the states, rounded, as a new tensor of shape [count, samples, points], to be closed by the caller} */
    public TFloat32 toFloat32() {
        float[] rounded = new float[states.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) states[i];
        }
        return TFloat32.tensorOf(shape(), DataBuffers.of(rounded, true, false));
    }

    private Shape shape() {
        return Shape.of(count, samples(), points);
    }
}
