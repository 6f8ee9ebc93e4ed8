package dev.odeon.ode.testing;

import dev.odeon.solvers.VectorField;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat64;

/** Arithmetic on numbers of Java or on tensors, so that the equations of a problem are written once. */
public interface Arithmetic<X> {

    X number(double value);

    X plus(X a, X b);

    X times(X a, X b);

    X power(X a, double exponent);

    default X minus(X a, X b) {
        return plus(a, times(-1, b));
    }

    default X times(double a, X b) {
        return times(number(a), b);
    }

    default X square(X a) {
        return times(a, a);
    }

    /** The rates of a system that does not depend on time. */
    interface Equations {
        <X> List<X> rates(Arithmetic<X> with, List<X> u);
    }

    /** The rates of one state in Java. */
    static double[] rates(Equations equations, double[] u) {
        return equations
                .rates(new OfDoubles(), java.util.Arrays.stream(u).boxed().toList())
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** The rates of a batch in a graph. */
    static VectorField<TFloat64> field(Equations equations, int width) {
        return (tf, t, u, theta) -> {
            List<Operand<TFloat64>> parts =
                    List.copyOf(tf.unstack(u, (long) width, Unstack.axis(1L)).output());
            return tf.stack(equations.rates(new OfTensors(tf), parts), Stack.axis(1L));
        };
    }

    /** Numbers of Java. */
    final class OfDoubles implements Arithmetic<Double> {
        @Override
        public Double number(double value) {
            return value;
        }

        @Override
        public Double plus(Double a, Double b) {
            return a + b;
        }

        @Override
        public Double times(Double a, Double b) {
            return a * b;
        }

        @Override
        public Double power(Double a, double exponent) {
            return Math.pow(a, exponent);
        }
    }

    /** Tensors of a graph. */
    record OfTensors(Ops tf) implements Arithmetic<Operand<TFloat64>> {
        @Override
        public Operand<TFloat64> number(double value) {
            return tf.constant(value);
        }

        @Override
        public Operand<TFloat64> plus(Operand<TFloat64> a, Operand<TFloat64> b) {
            return tf.math.add(a, b);
        }

        @Override
        public Operand<TFloat64> times(Operand<TFloat64> a, Operand<TFloat64> b) {
            return tf.math.mul(a, b);
        }

        @Override
        public Operand<TFloat64> power(Operand<TFloat64> a, double exponent) {
            return tf.math.pow(a, number(exponent));
        }
    }
}
