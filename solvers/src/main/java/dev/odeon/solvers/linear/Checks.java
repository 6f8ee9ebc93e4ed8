package dev.odeon.solvers.linear;

import java.util.OptionalLong;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;

/** Refusals shared by the operators: each names the value and the remedy. */
final class Checks {

    private Checks() {}

    static void alpha(double alpha) {
        if (!Double.isFinite(alpha)) {
            throw new IllegalArgumentException("The factor of I - alpha J for alpha = " + alpha
                    + ": give a finite step size and finite coefficients");
        }
    }

    static double finite(String what, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(what + " is " + value + ": pass a finite number");
        }
        return value;
    }

    static double[] finite(String what, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        what + " holds " + values[i] + " at index " + i + ": pass finite numbers");
            }
        }
        return values.clone();
    }

    static double[][] square(String what, double[][] matrix) {
        if (matrix.length == 0) {
            throw new IllegalArgumentException(what + " has no rows: pass at least one");
        }
        double[][] copy = new double[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            if (matrix[i].length != matrix.length) {
                throw new IllegalArgumentException("Row " + i + " of " + what + " has " + matrix[i].length
                        + " entries, but there are " + matrix.length + " rows: pass a square matrix");
            }
            copy[i] = finite("Row " + i + " of " + what, matrix[i]);
        }
        return copy;
    }

    /** The static length of a vector. */
    static int length(String what, Operand<?> vector) {
        Shape shape = vector.shape();
        if (shape.isUnknown() || shape.numDimensions() != 1 || shape.get(0) < 1) {
            throw new IllegalArgumentException(what + " has the shape " + shape
                    + ": pass a vector of known length, with tf.ensureShape if need be");
        }
        return Math.toIntExact(shape.get(0));
    }

    /** The static size of the last axis. */
    static OptionalLong last(Shape shape) {
        return shape.isUnknown() || shape.get(-1) == Shape.UNKNOWN_SIZE
                ? OptionalLong.empty()
                : OptionalLong.of(shape.get(-1));
    }

    static void shape(String what, Operand<?> tensor, long... expected) {
        if (!tensor.shape().isCompatibleWith(Shape.of(expected))) {
            throw new IllegalArgumentException(
                    what + " has the shape " + tensor.shape() + ": pass one of the shape " + Shape.of(expected));
        }
    }
}
