package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import java.util.Objects;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * c J for another operator J and a number c.
 *
 * <p>I - alpha (c J) is I - (c alpha) J: factor and solves are those of J, at its cost. For a trainable scale, scale the
 * tensor J is made from.
 */
public final class Scaled<T extends TFloating> extends Multiple<T> {

    private final double scale;

    private Scaled(LinearOperator<T> operator, double scale) {
        super(operator);
        this.scale = scale;
    }

    /**
     * A multiple of an operator.
     *
     * @throws IllegalArgumentException if the scale is not finite
     */
    public static <T extends TFloating> Scaled<T> of(double scale, LinearOperator<T> operator) {
        return new Scaled<>(
                Objects.requireNonNull(operator, "operator"), Checks.finite("The scale of an operator", scale));
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        return operator.data(tf, type);
    }

    @Override
    Operand<T> scaled(Ops tf, Values data, Operand<T> x) {
        return scaled(tf, x);
    }

    private Operand<T> scaled(Ops tf, Operand<T> x) {
        return tf.math.mul(x, Floats.scalar(tf, x.type(), scale));
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, double alpha) {
        return operator.factor(tf, type, data, scale * alpha);
    }

    @Override
    public Optional<LinearOperator<T>> solvedBySample() {
        return operator.solvedBySample().map(bySample -> new Scaled<>(bySample, scale));
    }

    @Override
    public Optional<Eigenbasis<T>> eigenbasis() {
        return operator.eigenbasis().map(ScaledBasis::new);
    }

    /** The same basis with other eigenvalues. */
    private final class ScaledBasis implements Eigenbasis<T> {
        private final Eigenbasis<T> basis;

        ScaledBasis(Eigenbasis<T> basis) {
            this.basis = basis;
        }

        @Override
        public Numbers<T> eigenvalues(Ops tf, Class<T> type, Values data) {
            Numbers<T> own = basis.eigenvalues(tf, type, data);
            return new Numbers<>(scaled(tf, own.real()), scaled(tf, own.imaginary()));
        }

        @Override
        public Values function(Ops tf, Numbers<T> values) {
            return basis.function(tf, values);
        }

        @Override
        public Operand<T> product(Ops tf, Values function, Operand<T> rows) {
            return basis.product(tf, function, rows);
        }
    }

    @Override
    public Values gradient(Ops tf, Values data, Operand<T> u, Operand<T> weights) {
        return operator.gradient(tf, data, u, scaled(tf, weights));
    }
}
