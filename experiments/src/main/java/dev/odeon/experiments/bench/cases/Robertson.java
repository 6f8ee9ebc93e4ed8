package dev.odeon.experiments.bench.cases;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.solvers.VectorField;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.family.TFloating;

/**
 * Robertson's reactions, y1 to y2 slowly, y2 to y3 fast and back, whose three rates are trained as factors of the known ones.
 *
 * <p>Source: H. H. Robertson, The solution of a set of reaction rate equations, 1966.
 */
record Robertson<T extends TFloating>(Class<T> type) implements VectorField<T> {

    private static final String FACTORS = "factors";
    private static final double[] RATES = {0.04, 3e7, 1e4};

    /** Declares the factors, one each. */
    void declare(Parameters parameters) {
        parameters.declare(FACTORS, type, Shape.of(3), Initializer.constant(1));
    }

    @Override
    public Operand<T> evaluate(Ops tf, Operand<T> t, Operand<T> u, Values theta) {
        Operand<T> rates = tf.math.mul(theta.get(FACTORS, type), Floats.constant(tf, type, Shape.of(3), RATES));
        Operand<T> y1 = column(tf, u, 0);
        Operand<T> y2 = column(tf, u, 1);
        Operand<T> y3 = column(tf, u, 2);
        Operand<T> slow = tf.math.mul(column(tf, rates, 0), y1);
        Operand<T> fast = tf.math.mul(column(tf, rates, 1), tf.math.square(y2));
        Operand<T> back = tf.math.mul(column(tf, rates, 2), tf.math.mul(y2, y3));
        Operand<T> first = tf.math.sub(back, slow);
        return tf.stack(List.of(first, tf.math.neg(tf.math.add(first, fast)), fast), Stack.axis(-1L));
    }

    private static <T extends TFloating> Operand<T> column(Ops tf, Operand<T> values, int index) {
        return tf.gather(values, tf.constant(index), tf.constant(values.shape().numDimensions() - 1));
    }
}
