package dev.odeon.solvers.stepper;

import dev.odeon.graph.Floats;
import dev.odeon.solvers.NonlinearSplit;
import dev.odeon.solvers.VectorField;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The time at which a solve starts, from which its loops count theirs.
 *
 * <p>A loop computes with offsets s = t - t0 alone, so that it takes the same steps whatever t0 is, and the resolution of the
 * element type near t0 does not matter to it. The time itself exists where a field or an event reads it, and in what a user
 * gets. A start at zero adds nothing to the graph.
 *
 * @param time t0
 */
public record Origin(double time) {

    /** The time of an offset. */
    public <T extends TFloating> Operand<T> absolute(Ops tf, Operand<T> offset) {
        return time == 0 ? offset : tf.math.add(offset, Floats.scalar(tf, offset.type(), time));
    }

    /** The offset of a time. */
    public <T extends TFloating> Operand<T> offset(Ops tf, Operand<T> absolute) {
        return time == 0 ? absolute : tf.math.sub(absolute, Floats.scalar(tf, absolute.type(), time));
    }

    /** A problem whose field reads the time, as one that is given offsets. */
    public <T extends TFloating> Problem<T> of(Problem<T> problem) {
        if (time == 0) {
            return problem;
        }
        NonlinearSplit<T> split = problem.split();
        NonlinearSplit<T> counted =
                split == null ? null : new NonlinearSplit<>(of(split.explicit()), of(split.implicit()), split.solver());
        return new Problem<>(
                counted == null ? of(problem.field()) : counted.explicit(),
                problem.linear(),
                problem.type(),
                problem.shape(),
                counted,
                problem.resolution());
    }

    private <T extends TFloating> VectorField<T> of(VectorField<T> field) {
        return (tf, offset, u, theta) -> field.evaluate(tf, absolute(tf, offset), u, theta);
    }
}
