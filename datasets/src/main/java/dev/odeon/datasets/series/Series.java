package dev.odeon.datasets.series;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Values of several channels at increasing times.
 *
 * <p>A value that was not observed is NaN. The arrays are not copied, in or out: treat them as read-only.
 *
 * @param name what it is, for messages
 * @param channels names of the C channels, one at least
 * @param times the T times, strictly increasing and finite, in the unit of the data set
 * @param values T rows of C numbers, finite or NaN
 */
@SuppressWarnings("ArrayRecordComponent") // Bulk data: a defensive copy of every access would double the memory.
public record Series(String name, List<String> channels, double[] times, double[] values) {
    public Series {
        Objects.requireNonNull(name, "name");
        channels = List.copyOf(channels);
        if (channels.isEmpty() || values.length != (long) times.length * channels.size()) {
            throw new IllegalArgumentException(name + ": " + values.length + " values, " + times.length + " times and "
                    + channels.size() + " channels: give times * channels values and one channel at least");
        }
        for (int i = 0; i < times.length; i++) {
            if (!Double.isFinite(times[i]) || (i > 0 && !(times[i] > times[i - 1]))) {
                throw new IllegalArgumentException(
                        name + ": time " + i + " is " + times[i] + ": give finite, strictly increasing times");
            }
        }
        for (int i = 0; i < values.length; i++) {
            if (Double.isInfinite(values[i])) {
                throw new IllegalArgumentException(
                        name + ": value " + i + " is " + values[i] + ": give finite numbers, or NaN for none");
            }
        }
    }

    /** {@return the number of times} */
    public int length() {
        return times.length;
    }

    /** {@return the number of channels} */
    public int width() {
        return channels.size();
    }

    /** {@return the value of a channel at a time, both by index; NaN where it was not observed} */
    public double value(int time, int channel) {
        return values[Objects.checkIndex(time, length()) * width() + Objects.checkIndex(channel, width())];
    }

    /** {@return how many values were observed} */
    public long observed() {
        return Arrays.stream(values).filter(value -> !Double.isNaN(value)).count();
    }

    /**
     * Keeps some of the times.
     *
     * @param kept their indices, ascending
     * @return a shorter series
     */
    public Series select(int[] kept) {
        double[] newTimes = new double[kept.length];
        double[] newValues = new double[kept.length * width()];
        for (int i = 0; i < kept.length; i++) {
            newTimes[i] = times[kept[i]];
            System.arraycopy(values, kept[i] * width(), newValues, i * width(), width());
        }
        return new Series(name, channels, newTimes, newValues);
    }

    /**
     * Keeps a stretch of time.
     *
     * @param from index of the first time kept
     * @param to index after the last one
     * @return a shorter series
     */
    public Series slice(int from, int to) {
        Objects.checkFromToIndex(from, to, length());
        return new Series(
                name,
                channels,
                Arrays.copyOfRange(times, from, to),
                Arrays.copyOfRange(values, from * width(), to * width()));
    }

    /**
     * Keeps some channels.
     *
     * @param kept their names, in the order wanted
     * @return a narrower series
     * @throws IllegalArgumentException if there is no such channel
     */
    public Series only(List<String> kept) {
        double[] newValues = new double[length() * kept.size()];
        for (int k = 0; k < kept.size(); k++) {
            int channel = channels.indexOf(kept.get(k));
            if (channel < 0) {
                throw new IllegalArgumentException(
                        name + " has no channel '" + kept.get(k) + "': use some of " + channels);
            }
            for (int i = 0; i < length(); i++) {
                newValues[i * kept.size() + k] = values[i * width() + channel];
            }
        }
        return new Series(name, kept, times, newValues);
    }
}
