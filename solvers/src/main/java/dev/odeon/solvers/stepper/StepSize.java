package dev.odeon.solvers.stepper;

import dev.odeon.graph.Floats;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** The size of the step that is being built, negative in reverse time: a number known now, or a tensor of the graph. */
public sealed interface StepSize<T extends TFloating> {

    /** The size times a coefficient. */
    Operand<T> times(Ops tf, double coefficient);

    /** A size known when the graph is built. */
    record Known<T extends TFloating>(Class<T> type, double size) implements StepSize<T> {
        @Override
        public Operand<T> times(Ops tf, double coefficient) {
            return Floats.scalar(tf, type, size * coefficient);
        }
    }

    /** A size the loop looks up or computes: scalar, or [batch, 1, ...] where each sample has its own. */
    record InGraph<T extends TFloating>(Operand<T> size) implements StepSize<T> {
        @Override
        public Operand<T> times(Ops tf, double coefficient) {
            return coefficient == 1 ? size : tf.math.mul(size, Floats.scalar(tf, size.type(), coefficient));
        }
    }

    /** A size of the other sign: a step back over the same stretch of time. */
    record Opposite<T extends TFloating>(StepSize<T> size) implements StepSize<T> {
        @Override
        public Operand<T> times(Ops tf, double coefficient) {
            return size.times(tf, -coefficient);
        }
    }
}
