package dev.odeon.models.optimisers;

import dev.odeon.models.optimisers.Memory.Power;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * One update of all parameters while it is being added to the graph: of variables, or of tensors that a loop carries.
 *
 * <p>Scalars are computed in float64, as PyTorch does, and rounded to the parameter's type where they are used.
 */
abstract sealed class Update permits VariableUpdate, TensorUpdate {

    /** What an optimiser does to the parameters: it looks at the update as a whole, then at each parameter. */
    @FunctionalInterface
    interface Rule {
        /** What is done to each parameter. */
        Each of(Update update);
    }

    /** What an optimiser does to one parameter. */
    @FunctionalInterface
    interface Each {
        /** Ends with one of the target's steps. */
        void update(Target target);
    }

    /** One parameter with its gradient and its moments. */
    interface Target {

        /** The same with the gradient of half the squared norm, times {@code decay}, added. */
        Target penalised(double decay);

        /** The same after the parameter has shrunk by a factor. */
        Target shrunk(Operand<TFloat64> factor);

        /**
         * The step p -= rate m / (sqrt(v) + epsilon), with the moments m of the gradient and v of its square.
         *
         * <p>m += (1 - beta1) (g - m), v += (1 - beta2) (g^2 - v).
         */
        void adam(Moments moments);

        /**
         * The step p -= rate m / (u + epsilon), without any correction of its own.
         *
         * <p>m += (1 - beta1) (g - m), u = max(beta2 u, |g|).
         */
        void adaMax(double beta1, double beta2, Operand<TFloat64> rate, double epsilon);
    }

    /**
     * What Adam's step is told.
     *
     * @param rate times the corrections of both moments' bias
     * @param epsilon as it is added to the uncorrected root
     */
    record Moments(double beta1, double beta2, Operand<TFloat64> rate, Operand<TFloat64> epsilon) {}

    private final Ops tf;
    private final Operand<TFloat64> rate;

    Update(Ops tf, Operand<? extends TFloating> rate) {
        this.tf = tf;
        this.rate = tf.dtypes.cast(rate, TFloat64.class);
    }

    final Ops tf() {
        return tf;
    }

    final Operand<TFloat64> rate() {
        return rate;
    }

    /** The present value of a power. */
    abstract Operand<TFloat64> current(Power power);

    /** 1 - beta^t in step t, counted from one. */
    final Operand<TFloat64> correction(Power power) {
        return tf.math.sub(tf.constant(1.0), current(power));
    }

    /** Moments of which both are corrected for their bias, by the two powers of {@link Memory#ofMoments}. */
    final Moments moments(Memory memory, double epsilon) {
        Power first = memory.powers().get(0);
        Power second = memory.powers().get(1);
        Operand<TFloat64> root = tf.math.sqrt(correction(second));
        Operand<TFloat64> mean = correction(first);
        return new Moments(
                first.beta(),
                second.beta(),
                tf.math.mul(rate, tf.math.div(root, mean)),
                tf.math.mul(root, tf.constant(epsilon)));
    }
}
