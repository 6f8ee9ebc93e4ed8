package dev.odeon.solvers.multistep;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Coefficients that differ between kinds of steps, as prepared scalars, and the sums they weigh. */
public final class PreparedWeights {

    private PreparedWeights() {}

    /** Scalars called by a name and their position. */
    public static <T extends TFloating> Values of(Ops tf, Class<T> type, String name, double... weights) {
        Values values = Values.empty();
        for (int j = 0; j < weights.length; j++) {
            values = values.withConstant(name + j, Floats.scalar(tf, type, weights[j]));
        }
        return values;
    }

    /** The sum of terms, each times its scalar. */
    public static <T extends TFloating> Operand<T> sum(
            Ops tf, Values prepared, String name, java.util.List<Operand<T>> terms) {
        @Nullable Operand<T> sum = null;
        for (int j = 0; j < terms.size(); j++) {
            Operand<T> term = terms.get(j);
            Operand<T> weighted = tf.math.mul(term, prepared.get(name + j, term.type()));
            sum = sum == null ? weighted : tf.math.add(sum, weighted);
        }
        if (sum == null) {
            throw new IllegalArgumentException("There is nothing to sum: pass one term or more");
        }
        return sum;
    }
}
