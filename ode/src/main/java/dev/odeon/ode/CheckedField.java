package dev.odeon.ode;

import dev.odeon.graph.Values;
import dev.odeon.solvers.VectorField;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A field whose rates have the shape of the state.
 *
 * <p>Rates that are shared, such as a forcing that depends on time alone, are spread over the state here: a step would
 * broadcast them by itself, but its adjoint by hand would not sum over those who share them.
 */
record CheckedField<T extends TFloating>(VectorField<T> field) implements VectorField<T> {

    @Override
    public Operand<T> evaluate(Ops tf, Operand<T> t, Operand<T> u, Values theta) {
        Operand<T> rates = field.evaluate(tf, t, u, theta);
        Shape shape = rates.shape();
        if (shape.isUnknown() || u.shape().isUnknown()) {
            return rates;
        }
        int missing = u.shape().numDimensions() - shape.numDimensions();
        boolean shared = missing > 0;
        for (int i = 0; i < shape.numDimensions(); i++) {
            long size = shape.get(i);
            long own = missing + i < 0 ? 0 : u.shape().get(missing + i);
            boolean spread = size == 1 && own != 1;
            boolean known = size != Shape.UNKNOWN_SIZE && own != Shape.UNKNOWN_SIZE;
            if (missing < 0 || (known && size != own && !spread)) {
                throw new IllegalArgumentException("The field has rates of shape " + shape + " for states of shape "
                        + u.shape() + ": return one rate for each number of the state");
            }
            shared |= spread;
        }
        return shared ? tf.broadcastTo(rates, tf.shape(u)) : rates;
    }
}
