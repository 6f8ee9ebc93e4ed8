package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/** Products with rates c that broadcast against the state: a solve is one product with 1 / (1 - alpha c). */
abstract sealed class Pointwise<T extends TFloating> implements LinearOperator<T> permits Diagonal, ScaledIdentity {

    private static final String RECIPROCALS = "reciprocals";

    private final String rates;

    /** With the name of the rates among the data. */
    Pointwise(String rates) {
        this.rates = rates;
    }

    /** Refuses numbers that would be repeated along a state they do not fit. */
    abstract void requireFits(Shape numbers, Shape state);

    @Override
    public final Operand<T> apply(Ops tf, Values data, Operand<T> u) {
        requireFits(data.get(rates).shape(), u.shape());
        return tf.math.mul(u, data.get(rates, u.type()));
    }

    @Override
    public final Operand<T> applyTransposed(Ops tf, Values data, Operand<T> u) {
        return apply(tf, data, u);
    }

    @Override
    public final Values factor(Ops tf, Class<T> type, Values data, Operand<T> alphas) {
        Operand<T> scaled = tf.math.mul(data.get(rates, type), alphas);
        Operand<T> differences = tf.math.sub(Floats.scalar(tf, type, 1), scaled);
        Operand<TBool> singular = Singularity.cancelled(tf, differences, scaled);
        Values factor = Values.of(RECIPROCALS, Singularity.poisoned(tf, tf.math.reciprocal(differences), singular));
        return Singularity.flagged(tf, factor, singular);
    }

    @Override
    public final boolean variesFreely() {
        return true;
    }

    @Override
    public final Optional<LinearOperator<T>> solvedBySample() {
        return Optional.of(this);
    }

    @Override
    public final Optional<Eigenbasis<T>> eigenbasis() {
        return Optional.of(new Components());
    }

    /** The components themselves are the basis. */
    private final class Components implements Eigenbasis<T> {
        @Override
        public Numbers<T> eigenvalues(Ops tf, Class<T> type, Values data) {
            Operand<T> all = data.get(rates, type);
            return new Numbers<>(all, tf.zerosLike(all));
        }

        @Override
        public Values function(Ops tf, Numbers<T> values) {
            return Values.of("values", values.real());
        }

        @Override
        public Operand<T> product(Ops tf, Values function, Operand<T> rows) {
            return tf.math.mul(rows, function.get("values", rows.type()));
        }
    }

    @Override
    public final Operand<T> solve(Ops tf, Values factor, Operand<T> rhs) {
        requireFits(factor.get(RECIPROCALS).shape(), rhs.shape());
        return tf.math.mul(rhs, factor.get(RECIPROCALS, rhs.type()));
    }

    @Override
    public final Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs) {
        return solve(tf, factor, rhs);
    }
}
