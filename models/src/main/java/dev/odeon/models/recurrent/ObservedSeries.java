package dev.odeon.models.recurrent;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * A batch of irregular series: observations, and the time of each sample from one to its next.
 *
 * <p>Shorter series are padded behind: rows that were not observed, with durations of zero. What stands in values that were not
 * observed does not matter, be it NaN: no number and no gradient depends on it. Time goes on where nothing was observed, so that
 * series of different times may also share one grid.
 *
 * @param values [K, batch, channels], K known
 * @param durations from each observation to the next, at the last one to the time that is forecast: [K, batch]
 * @param observed whether a sample has a row: [K, batch]; null if all have
 */
public record ObservedSeries<T extends TFloating>(
        Operand<T> values, Operand<T> durations, @Nullable Operand<TBool> observed) {

    public ObservedSeries {
        Shape shape = values.shape();
        Shape times = durations.shape();
        if (shape.isUnknown() || shape.numDimensions() != 3 || shape.get(0) == Shape.UNKNOWN_SIZE) {
            throw new IllegalArgumentException("The observations have the shape " + shape
                    + ": pass [K, batch, channels] with a known K, with tf.ensureShape if need be");
        }
        if (times.isUnknown() || times.numDimensions() != 2 || times.get(0) != shape.get(0)) {
            throw new IllegalArgumentException("The durations have the shape " + times + ", the observations " + shape
                    + ": pass [K, batch], one for each observation");
        }
    }

    /** Series that were observed in all rows. */
    public static <T extends TFloating> ObservedSeries<T> of(Operand<T> values, Operand<T> durations) {
        return new ObservedSeries<>(values, durations, null);
    }

    /** The same series, of which some rows were not observed. */
    public ObservedSeries<T> withObserved(Operand<TBool> rows) {
        return new ObservedSeries<>(values, durations, rows);
    }

    /** Whether a sample has a row; empty if all have. */
    Optional<Operand<TBool>> mask() {
        return Optional.ofNullable(observed);
    }
}
