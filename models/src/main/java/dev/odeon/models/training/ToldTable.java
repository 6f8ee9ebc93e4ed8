package dev.odeon.models.training;

import dev.odeon.graph.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/**
 * What the iterations of one run tell, a row for each: all numbers of an iteration side by side in float64, which holds every
 * float32 and every int32 as it is.
 */
final class ToldTable {

    private record Part(String name, int from, int count, int dimensions) {}

    private final List<Part> parts = new ArrayList<>();
    private int width;

    /**
     * Adds the row of an iteration: [width].
     *
     * @throws IllegalArgumentException if it is not known before the run how many numbers there are
     */
    Operand<TFloat64> row(Ops tf, Values told) {
        List<Operand<TFloat64>> columns = new ArrayList<>();
        for (String name : told.names()) {
            Operand<?> value = told.get(name);
            Shape shape = value.shape();
            if (shape.isUnknown() || shape.hasUnknownDimension()) {
                throw new IllegalArgumentException("Several iterations are to be run at once, but the shape of '" + name
                        + "', which each tells, is " + shape + ": train with AtOnce.SINGLE, or let the model give it a"
                        + " known shape");
            }
            int count = Math.toIntExact(shape.size());
            parts.add(new Part(name, width, count, shape.numDimensions()));
            width += count;
            columns.add(tf.reshape(tf.dtypes.cast(value, TFloat64.class), tf.constant(new int[] {count})));
        }
        return tf.concat(columns, tf.constant(0));
    }

    /** Adds a table without entries: [rows, width]. */
    Operand<TFloat64> empty(Ops tf, int rows) {
        return tf.fill(tf.constant(new int[] {rows, width}), tf.constant(0.0));
    }

    /** What an iteration told, by name. */
    Map<String, Told> read(double[] table, int row) {
        Map<String, Told> told = new LinkedHashMap<>();
        for (Part part : parts) {
            int from = row * width + part.from();
            told.put(part.name(), new Told(Arrays.copyOfRange(table, from, from + part.count()), part.dimensions()));
        }
        return told;
    }
}
