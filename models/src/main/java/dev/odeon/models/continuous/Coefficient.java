package dev.odeon.models.continuous;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** A number of an equation that is not negative: fixed, or a function of a trained one. */
public sealed interface Coefficient {

    /**
     * A number that is not trained.
     *
     * @param value not negative
     */
    record Fixed(double value) implements Coefficient {
        public Fixed {
            if (!(value >= 0 && Double.isFinite(value))) {
                throw new IllegalArgumentException(
                        "The coefficient is " + value + ": give a finite one that is not negative");
            }
        }
    }

    /**
     * bound / (1 + exp(-x)) with a trained x.
     *
     * @param bound largest value, positive
     * @param first x before training
     */
    record Sigmoid(double bound, double first) implements Coefficient {
        public Sigmoid {
            if (!(bound > 0 && Double.isFinite(bound) && Double.isFinite(first))) {
                throw new IllegalArgumentException("The coefficient has the bound " + bound + " and starts at " + first
                        + ": give a positive bound and a finite start");
            }
        }
    }

    /**
     * log(1 + exp x) with a trained x.
     *
     * @param first x before training
     */
    record Softplus(double first) implements Coefficient {
        public Softplus {
            if (!Double.isFinite(first)) {
                throw new IllegalArgumentException("The coefficient starts at " + first + ": give a finite start");
            }
        }

        /** The one whose value before training is a positive number. */
        public static Softplus from(double value) {
            if (!(value > 0)) {
                throw new IllegalArgumentException(
                        "A softplus never is " + value + ": give a positive value, or Coefficient.Fixed");
            }
            // The inverse, log(exp(v) - 1), written so that a large v does not overflow.
            return new Softplus(value + Math.log(-Math.expm1(-value)));
        }
    }

    /** Declares x, a scalar of that name, if there is one. */
    default <T extends TFloating> void declare(Parameters parameters, String name, Class<T> type) {
        if (this instanceof Sigmoid sigmoid) {
            parameters.declare(name, type, Shape.scalar(), Initializer.constant(sigmoid.first()));
        } else if (this instanceof Softplus softplus) {
            parameters.declare(name, type, Shape.scalar(), Initializer.constant(softplus.first()));
        }
    }

    /** Adds the value: scalar. */
    default <T extends TFloating> Operand<T> value(Ops tf, String name, Class<T> type, Values theta) {
        if (this instanceof Sigmoid sigmoid) {
            Operand<T> share = tf.math.sigmoid(theta.get(name, type));
            return sigmoid.bound() == 1 ? share : tf.math.mul(share, Floats.scalar(tf, type, sigmoid.bound()));
        }
        if (this instanceof Fixed fixed) {
            return Floats.scalar(tf, type, fixed.value());
        }
        return tf.math.softplus(theta.get(name, type));
    }
}
