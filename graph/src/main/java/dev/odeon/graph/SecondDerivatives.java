package dev.odeon.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Gradients of the operations that TensorFlow's gradients consist of, and to which its graph interface gives none: products
 * with a Jacobian or a Hessian differentiate a vector-Jacobian product.
 */
final class SecondDerivatives {

    private static final double SELU_SCALE = 1.0507009873554805;
    private static final double SELU_SCALE_ALPHA = 1.7580993408473766;

    private SecondDerivatives() {}

    /** One such operation: what it multiplies its gradient by, and the derivative of that by its other input. */
    private interface Rule {
        Operand<TFloating> factor(Ops tf, Operand<TFloating> x);

        Operand<TFloating> derivative(Ops tf, Operand<TFloating> x);
    }

    /** Registers them once per process; where TensorFlow has its own, that one stays. */
    static void register() {
        CustomGradients.register("OnesLike", (tf, node, upstream) -> Arrays.asList((Operand<?>) null));
        CustomGradients.register("EnsureShape", (tf, node, upstream) -> List.of(upstream.get(0)));
        CustomGradients.register("BiasAddGrad", SecondDerivatives::ofBias);
        // Each is dy times a factor of y = tanh x, y = sigmoid x, y = sqrt x ...
        rule("TanhGrad", 0, rule((tf, y) -> minus(tf, 1, tf.math.square(y)), (tf, y) -> times(tf, -2, y)));
        rule(
                "SigmoidGrad",
                0,
                rule((tf, y) -> tf.math.mul(y, minus(tf, 1, y)), (tf, y) -> minus(tf, 1, times(tf, 2, y))));
        rule("ReciprocalGrad", 0, rule((tf, y) -> times(tf, -1, tf.math.square(y)), (tf, y) -> times(tf, -2, y)));
        rule("InvGrad", 0, rule((tf, y) -> times(tf, -1, tf.math.square(y)), (tf, y) -> times(tf, -2, y)));
        rule(
                "SqrtGrad",
                0,
                rule(
                        (tf, y) -> times(tf, 0.5, tf.math.reciprocal(y)),
                        (tf, y) -> times(tf, -0.5, tf.math.square(tf.math.reciprocal(y)))));
        rule(
                "RsqrtGrad",
                0,
                rule(
                        (tf, y) -> times(tf, -0.5, tf.math.mul(y, tf.math.square(y))),
                        (tf, y) -> times(tf, -1.5, tf.math.square(y))));
        // ... and the gradient comes first where the other input is x, or y for elu.
        rule("SoftplusGrad", 1, rule((tf, x) -> tf.math.sigmoid(x), (tf, x) -> {
            Operand<TFloating> y = tf.math.sigmoid(x);
            return tf.math.mul(y, minus(tf, 1, y));
        }));
        rule(
                "EluGrad",
                1,
                rule(
                        (tf, y) -> tf.math.minimum(minus(tf, 1, times(tf, -1, y)), tf.onesLike(y)),
                        SecondDerivatives::negative));
        rule("ReluGrad", 1, rule(SecondDerivatives::positive, (tf, x) -> tf.zerosLike(x)));
        rule("Relu6Grad", 1, rule(SecondDerivatives::betweenZeroAndSix, (tf, x) -> tf.zerosLike(x)));
        // Of selu's y: the scale where y > 0, elsewhere y + scale * alpha.
        rule(
                "SeluGrad",
                1,
                rule(
                        (tf, y) -> tf.select(
                                tf.math.greater(y, tf.zerosLike(y)),
                                Floats.scalar(tf, y.type(), SELU_SCALE),
                                tf.math.add(y, Floats.scalar(tf, y.type(), SELU_SCALE_ALPHA))),
                        SecondDerivatives::negative));
        rule(
                "SoftsignGrad",
                1,
                rule(
                        (tf, x) -> tf.math.reciprocal(tf.math.square(minus(tf, 1, times(tf, -1, tf.math.abs(x))))),
                        (tf, x) -> {
                            Operand<TFloating> r = tf.math.reciprocal(minus(tf, 1, times(tf, -1, tf.math.abs(x))));
                            return times(tf, -2, tf.math.mul(tf.math.sign(x), tf.math.mul(r, tf.math.square(r))));
                        }));
    }

    /** The gradient of a bias is the sum over all but the last axis. */
    private static List<@Nullable Operand<?>> ofBias(Ops tf, GraphOperation node, List<Output<?>> upstream) {
        // Added to zeros, which knows along which axis.
        Operand<?> zeros = tf.zerosLike(node.input(0));
        return List.of(GraphOperations.like(tf, node, "BiasAdd", List.of("data_format"), zeros, upstream.get(0)));
    }

    private interface Function {
        Operand<TFloating> of(Ops tf, Operand<TFloating> x);
    }

    private static Rule rule(Function factor, Function derivative) {
        return new Rule() {
            @Override
            public Operand<TFloating> factor(Ops tf, Operand<TFloating> x) {
                return factor.of(tf, x);
            }

            @Override
            public Operand<TFloating> derivative(Ops tf, Operand<TFloating> x) {
                return derivative.of(tf, x);
            }
        };
    }

    private static void rule(String type, int position, Rule rule) {
        CustomGradients.register(type, (tf, node, upstream) -> {
            Operand<TFloating> x = input(node, position);
            Operand<TFloating> gradient = input(node, 1 - position);
            Operand<TFloating> outer = floating(upstream.get(0));
            Operand<TFloating> ofGradient = tf.math.mul(outer, rule.factor(tf, x));
            Operand<TFloating> ofX = tf.math.mul(outer, tf.math.mul(gradient, rule.derivative(tf, x)));
            return position == 0 ? List.of(ofX, ofGradient) : List.of(ofGradient, ofX);
        });
    }

    private static Operand<TFloating> negative(Ops tf, Operand<TFloating> y) {
        return tf.dtypes.cast(tf.math.less(y, tf.zerosLike(y)), y.type());
    }

    private static Operand<TFloating> positive(Ops tf, Operand<TFloating> x) {
        return tf.dtypes.cast(tf.math.greater(x, tf.zerosLike(x)), x.type());
    }

    private static Operand<TFloating> betweenZeroAndSix(Ops tf, Operand<TFloating> x) {
        Operand<TFloating> six = Floats.scalar(tf, x.type(), 6);
        return tf.math.mul(positive(tf, x), positive(tf, tf.math.sub(six, x)));
    }

    private static Operand<TFloating> minus(Ops tf, double a, Operand<TFloating> x) {
        return tf.math.sub(Floats.scalar(tf, x.type(), a), x);
    }

    private static Operand<TFloating> times(Ops tf, double a, Operand<TFloating> x) {
        return tf.math.mul(Floats.scalar(tf, x.type(), a), x);
    }

    private static Operand<TFloating> input(GraphOperation node, int index) {
        return floating(node.input(index));
    }

    @SuppressWarnings("unchecked") // activation functions have floating-point operands
    private static Operand<TFloating> floating(Operand<?> operand) {
        return (Operand<TFloating>) operand;
    }
}
