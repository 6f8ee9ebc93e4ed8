package dev.odeon.adjoint.backsolve;

import dev.odeon.adjoint.norms.ErrorNorm;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.forward.Failures;
import dev.odeon.solvers.forward.Observer;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.tolerances.Tolerance;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAny;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * A stepper for packed states whose error is weighted so that the controller's norm of it measures the parts.
 *
 * <p>The mean square over all numbers becomes the sum of the mean squares of u, of a, and of g unless the norm leaves g out:
 * many parameters do not hide the error of a small state. Tolerances of each component serve the components of u and those of
 * a; the strictest of them serves all of g. A step from a u that is larger than any state of the solve could be fails,
 * whatever its size: errors grew without bound, and the way back ends.
 */
final class MeasuredParts<T extends TFloating> extends Observer<T> {

    private final Packing packing;
    private final ErrorNorm norm;
    private final PidController control;

    /**
     * Around a stepper.
     *
     * @param control with the tolerances of the state and its adjoint, of which the packed solve has the strictest
     */
    MeasuredParts(Stepper<T> stepper, Packing packing, ErrorNorm norm, PidController control) {
        super(stepper);
        this.packing = packing;
        this.norm = norm;
        this.control = control;
    }

    @Override
    protected StepOutput<T> observed(Ops tf, StepInput<T> input, StepOutput<T> output) {
        Operand<T> error = Objects.requireNonNull(output.error(), "error");
        Packing.Parts<T> parts = packing.parts(tf, error);
        Operand<T> g = norm == ErrorNorm.FULL ? weighted(tf, parts.g(), error) : tf.zerosLike(parts.g());
        Operand<T> u = weighted(tf, parts.u(), error);
        Operand<T> a = weighted(tf, parts.a(), error);
        if (!control.rtol().uniform() || !control.atol().uniform()) {
            Packing.Parts<T> before = packing.parts(tf, input.state());
            Packing.Parts<T> after = packing.parts(tf, output.next());
            u = inOwnUnits(tf, u, before.u(), after.u());
            a = inOwnUnits(tf, a, before.a(), after.a());
        }
        return output.withError(packing.packed(tf, u, a, List.of(g))).withFailure(failure(tf, input, output));
    }

    /** An error that the strictest tolerances measure as those of its components measure the true one. */
    private Operand<T> inOwnUnits(Ops tf, Operand<T> error, Operand<T> before, Operand<T> after) {
        Operand<T> larger = tf.math.maximum(tf.math.abs(before), tf.math.abs(after));
        Operand<T> strictest =
                allowed(tf, larger, control.rtol().strictest(), control.atol().strictest());
        return tf.math.mul(error, tf.math.divNoNan(strictest, allowed(tf, larger, control.rtol(), control.atol())));
    }

    private static <T extends TFloating> Operand<T> allowed(
            Ops tf, Operand<T> size, Tolerance relative, Tolerance absolute) {
        return tf.math.add(tf.math.mul(size, relative.in(tf, size.type())), absolute.in(tf, size.type()));
    }

    /** The code of the step's own failure, else whether u had grown beyond its limit. */
    private @Nullable Operand<TInt32> failure(Ops tf, StepInput<T> input, StepOutput<T> output) {
        if (!input.theta().contains(IntervalSolve.LIMIT)) {
            return output.failure();
        }
        Operand<T> u = packing.parts(tf, input.state()).u();
        Operand<T> limit = input.theta().get(IntervalSolve.LIMIT, u.type());
        Operand<TInt32> grown = tf.select(
                tf.reduceAny(
                        tf.math.greater(tf.math.abs(u), limit),
                        tf.range(tf.constant(0), tf.rank(u), tf.constant(1)),
                        new ReduceAny.Options[0]),
                tf.constant(Outcome.UNRELIABLE_GRADIENT.code()),
                tf.constant(Outcome.SUCCESS.code()));
        return output.failure() == null ? grown : Failures.first(tf, output.failure(), grown);
    }

    /** The part times the root of the number of all numbers over that of its own. */
    private Operand<T> weighted(Ops tf, Operand<T> part, Operand<T> whole) {
        if (control.norm() == PidController.Norm.LARGEST) {
            return part;
        }
        Class<T> type = part.type();
        Operand<TInt32> own = tf.math.maximum(tf.size(part), tf.constant(1));
        Operand<T> share = tf.math.div(tf.dtypes.cast(tf.size(whole), type), tf.dtypes.cast(own, type));
        return tf.math.mul(part, tf.math.sqrt(share));
    }
}
