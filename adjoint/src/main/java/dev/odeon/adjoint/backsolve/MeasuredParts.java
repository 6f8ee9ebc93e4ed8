package dev.odeon.adjoint.backsolve;

import dev.odeon.graph.Values;
import dev.odeon.solvers.stepping.Counter;
import dev.odeon.solvers.stepping.Start;
import dev.odeon.solvers.stepping.StepInput;
import dev.odeon.solvers.stepping.StepOutput;
import dev.odeon.solvers.stepping.Stepper;
import dev.odeon.solvers.steps.PidController;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * An engine for packed states whose error is weighted so that the controller's norm of it measures the parts.
 *
 * <p>The mean square over all numbers becomes the sum of the mean squares of u, of a, and of g unless the norm leaves g out:
 * many parameters do not hide the error of a small state.
 */
record MeasuredParts<T extends TFloating>(
        Stepper<T> stepper, Packing packing, ErrorNorm norm, PidController.Norm measure) implements Stepper<T> {

    @Override
    public Set<Counter> counters() {
        return stepper.counters();
    }

    @Override
    public Values prepare(Ops tf, Values linearData, double[] sizes) {
        return stepper.prepare(tf, linearData, sizes);
    }

    @Override
    public int factorsPerKind() {
        return stepper.factorsPerKind();
    }

    @Override
    public Values memory(Ops tf, Start<T> start) {
        return stepper.memory(tf, start);
    }

    @Override
    public int startEvaluations() {
        return stepper.startEvaluations();
    }

    @Override
    public StepOutput<T> step(Ops tf, StepInput<T> input) {
        StepOutput<T> output = stepper.step(tf, input);
        Operand<T> error = Objects.requireNonNull(output.error(), "error");
        Packing.Parts<T> parts = packing.parts(tf, error);
        Operand<T> g = norm == ErrorNorm.FULL ? weighted(tf, parts.g(), error) : tf.zerosLike(parts.g());
        Operand<T> weighted =
                packing.packed(tf, weighted(tf, parts.u(), error), weighted(tf, parts.a(), error), List.of(g));
        return new StepOutput<>(
                output.next(), output.memory(), output.counts(), output.failure(), weighted, output.dense());
    }

    /** The part times the root of the number of all numbers over that of its own. */
    private Operand<T> weighted(Ops tf, Operand<T> part, Operand<T> whole) {
        if (measure == PidController.Norm.LARGEST) {
            return part;
        }
        Class<T> type = part.type();
        Operand<TInt32> own = tf.math.maximum(tf.size(part), tf.constant(1));
        Operand<T> share = tf.math.div(tf.dtypes.cast(tf.size(whole), type), tf.dtypes.cast(own, type));
        return tf.math.mul(part, tf.math.sqrt(share));
    }
}
