package dev.odeon.adjoint.step;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/** Gradients under the names of their targets. */
public final class NamedGradients {

    private NamedGradients() {}

    /** Gradients added by name; a name may be missing on either side. */
    @SuppressWarnings("unchecked") // gradients of one target have its type
    static Values sum(Ops tf, Values a, Values b) {
        Values sum = a;
        for (String name : b.names()) {
            Operand<TFloating> more = (Operand<TFloating>) b.get(name);
            sum = sum.with(name, a.contains(name) ? tf.math.add((Operand<TFloating>) a.get(name), more) : more);
        }
        return sum;
    }

    /**
     * A gradient of whatever type that is NaN under a condition.
     *
     * @param condition scalar
     */
    @SuppressWarnings("unchecked") // gradients are floating point
    public static Operand<?> nanIf(Ops tf, Operand<TBool> condition, Operand<?> gradient) {
        return Floats.nanIf(tf, condition, (Operand<TFloating>) gradient);
    }

    /** The gradients that there are, under the names of their targets. */
    static Values present(Values targets, List<@Nullable Operand<?>> gradients) {
        Values values = Values.empty();
        int k = 0;
        for (String name : targets.names()) {
            Operand<?> gradient = gradients.get(k++);
            if (gradient != null) {
                values = values.with(name, gradient);
            }
        }
        return values;
    }
}
