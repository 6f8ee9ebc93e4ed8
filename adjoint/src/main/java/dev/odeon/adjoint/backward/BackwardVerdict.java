package dev.odeon.adjoint.backward;

import dev.odeon.adjoint.step.NamedGradients;
import dev.odeon.graph.Floats;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.forward.Failures;
import dev.odeon.solvers.stepper.SampleColumns;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What becomes of the gradients after a way back that went astray: NaN, and an outcome that says so.
 *
 * <p>A sample that the loss does not look at, because it is masked, has zero for a gradient whatever its way back found.
 *
 * @param unreliable which samples have a gradient that is not to be trusted: [batch]
 * @param outcome of each sample: [batch]
 */
public record BackwardVerdict(Operand<TBool> unreliable, Operand<TInt32> outcome) {

    /**
     * Adds the verdict.
     *
     * @param strayed samples that the way back did not follow: [batch]
     * @param gradients with respect to the state, at both ends of the way: a sample that has zeros only is not looked at
     * @param otherwise codes of outcomes that count first, that of SUCCESS among them: scalar, or one for each sample
     */
    public static <T extends TFloating> BackwardVerdict of(
            Ops tf, Operand<TBool> strayed, List<Operand<T>> gradients, Operand<TInt32> otherwise) {
        Operand<TBool> wanted = gradients.stream()
                .map(gradient -> {
                    Operand<T> zero = Floats.scalar(tf, gradient.type(), 0);
                    return StateComparison.ofSamples(tf, tf.math.notEqual(gradient, zero));
                })
                .reduce(tf.math::logicalOr)
                .orElseThrow();
        Operand<TBool> unreliable = tf.math.logicalAnd(strayed, wanted);
        Operand<TInt32> own = tf.select(
                unreliable, tf.constant(Outcome.UNRELIABLE_GRADIENT.code()), tf.constant(Outcome.SUCCESS.code()));
        Operand<TInt32> first = tf.reshape(otherwise, tf.constant(new int[] {-1}));
        return new BackwardVerdict(unreliable, Failures.first(tf, first, own));
    }

    /** The name of the operation that holds the outcome: a rule for gradients must not hold operations. */
    public String outcomeName() {
        return outcome.asOutput().op().name();
    }

    /** The gradient with respect to a state, NaN for the samples that have none. */
    public <T extends TFloating> Operand<T> ofState(Ops tf, Operand<T> gradient) {
        return Floats.nanIf(tf, SampleColumns.reshaped(tf, gradient, unreliable), gradient);
    }

    /** A gradient that all samples share, NaN if any of them has none. */
    public Operand<?> ofAll(Ops tf, Operand<?> gradient) {
        return NamedGradients.nanIf(tf, tf.reduceAny(unreliable, tf.constant(0)), gradient);
    }
}
