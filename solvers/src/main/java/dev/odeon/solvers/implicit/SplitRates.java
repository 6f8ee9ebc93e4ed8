package dev.odeon.solvers.implicit;

import dev.odeon.solvers.stepper.StepInput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** The rates G_j and F_j of the stages so far. */
final class SplitRates<T extends TFloating> {

    private final Ops tf;
    private final StepInput<T> input;
    private final List<Operand<T>> explicit = new ArrayList<>();
    private final List<@Nullable Operand<T>> implicit = new ArrayList<>();

    SplitRates(Ops tf, StepInput<T> input) {
        this.tf = tf;
        this.input = input;
    }

    /** Adds those of the next stage; F is null where nothing reads it. */
    void add(Operand<T> ofExplicit, @Nullable Operand<T> ofImplicit) {
        explicit.add(ofExplicit);
        implicit.add(ofImplicit);
    }

    /** x + h sum_j (a_j G_j + b_j F_j). */
    Operand<T> added(Operand<T> x, double[] a, double[] b) {
        Operand<T> sum = x;
        for (int j = 0; j < explicit.size(); j++) {
            sum = plus(sum, explicit.get(j), a[j]);
            sum = plus(sum, implicit.get(j), b[j]);
        }
        return sum;
    }

    private Operand<T> plus(Operand<T> sum, @Nullable Operand<T> rate, double weight) {
        return rate == null || weight == 0
                ? sum
                : tf.math.add(sum, tf.math.mul(rate, input.size().times(tf, weight)));
    }
}
