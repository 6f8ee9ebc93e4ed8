package dev.odeon.adjoint;

import dev.odeon.graph.Values;
import dev.odeon.solvers.VectorField;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A field whose rates are seen to have the shape of the state.
 *
 * <p>Rates of fewer numbers would be broadcast by the solve, but not by its adjoint, which would be wrong.
 */
record CheckedField<T extends TFloating>(VectorField<T> field) implements VectorField<T> {

    @Override
    public Operand<T> evaluate(Ops tf, Operand<T> t, Operand<T> u, Values theta) {
        Operand<T> rates = field.evaluate(tf, t, u, theta);
        if (!fits(rates.shape(), u.shape())) {
            throw new IllegalArgumentException("The field has rates of shape " + rates.shape()
                    + " for states of shape " + u.shape() + ": return one rate for each number of the state, with"
                    + " tf.broadcastTo(rates, tf.shape(u)) if they are shared");
        }
        return rates;
    }

    /** Whether rates may have the shape of the state, as far as it is known. */
    private static boolean fits(Shape rates, Shape state) {
        if (rates.isUnknown() || state.isUnknown()) {
            return true;
        }
        if (rates.numDimensions() != state.numDimensions()) {
            return false;
        }
        for (int i = 0; i < state.numDimensions(); i++) {
            long rate = rates.get(i);
            long own = state.get(i);
            // A single rate for a number of samples that nobody knows is one that is shared.
            boolean shared = rate == 1 && own == Shape.UNKNOWN_SIZE;
            if (shared || (rate != own && rate != Shape.UNKNOWN_SIZE && own != Shape.UNKNOWN_SIZE)) {
                return false;
            }
        }
        return true;
    }
}
