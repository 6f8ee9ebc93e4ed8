package dev.odeon.solvers.implicit;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.nonlinear.InnerOptimiser;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Descent along g = v - phi(v), the gradient of the proximal objective, with the momentum of a rule. */
final class OptimiserIteration<T extends TFloating> implements Iteration<T> {

    private final Equation<T> equation;
    private final InnerOptimiser settings;

    OptimiserIteration(Equation<T> equation, InnerOptimiser settings) {
        this.equation = equation;
        this.settings = settings;
    }

    @Override
    public Values begin(Ops tf, Operand<T> guess) {
        Operand<T> zeros = tf.zerosLike(guess);
        Operand<T> one = Floats.scalar(tf, guess.type(), 1);
        return switch (settings.rule()) {
            case GRADIENT_DESCENT -> Values.empty();
            case NESTEROV -> Values.of("point", guess);
            case NESTEROV_RESTART -> Values.of("point", guess).with("age", Floats.scalar(tf, guess.type(), 0));
            case FLETCHER_REEVES -> Values.of("direction", zeros).with("square", one);
            case LBFGS -> LimitedMemory.begin(tf, guess);
        };
    }

    @Override
    public Round<T> round(Ops tf, Operand<T> v, Operand<TInt32> number, Values memory, Values inside) {
        Class<T> type = v.type();
        Operand<TInt32> evaluations = tf.constant(equation.evaluations());
        Operand<T> image = equation.map(tf, v, inside);
        Operand<T> gradient = tf.math.sub(v, image);
        Operand<T> rate = Floats.scalar(tf, type, settings.rate());
        Operand<T> descended = tf.math.sub(v, tf.math.mul(gradient, rate));
        Operand<TBool> first = tf.math.equal(number, tf.constant(0));
        return switch (settings.rule()) {
            case GRADIENT_DESCENT -> new Round<>(descended, image, memory, evaluations, null);
            case NESTEROV ->
                nesterov(tf, descended, image, evaluations, memory, tf.dtypes.cast(number, type), Values.empty());
            case NESTEROV_RESTART -> {
                Operand<T> change = tf.math.sub(descended, memory.get("point", type));
                Operand<TBool> opposed = tf.math.greater(inner(tf, gradient, change), Floats.scalar(tf, type, 0));
                Operand<T> age = tf.select(opposed, Floats.scalar(tf, type, 0), memory.get("age", type));
                Operand<T> older = tf.math.add(age, Floats.scalar(tf, type, 1));
                yield nesterov(tf, descended, image, evaluations, memory, age, Values.of("age", older));
            }
            case FLETCHER_REEVES -> {
                Operand<T> square = inner(tf, gradient, gradient);
                Operand<T> ratio = tf.math.divNoNan(square, memory.get("square", type));
                Operand<T> momentum = tf.select(
                        first, Floats.scalar(tf, type, 0), tf.math.minimum(ratio, Floats.scalar(tf, type, 1)));
                Operand<T> direction = tf.math.add(gradient, tf.math.mul(memory.get("direction", type), momentum));
                yield new Round<>(
                        tf.math.sub(v, tf.math.mul(direction, rate)),
                        image,
                        Values.of("direction", direction).with("square", square),
                        evaluations,
                        null);
            }
            case LBFGS -> LimitedMemory.round(tf, v, gradient, image, number, memory, rate, evaluations);
        };
    }

    /** The descended point, pushed on along its last change by (age - 1) / (age + 2). */
    private Round<T> nesterov(
            Ops tf,
            Operand<T> point,
            Operand<T> image,
            Operand<TInt32> evaluations,
            Values memory,
            Operand<T> age,
            Values more) {
        Class<T> type = point.type();
        Operand<T> momentum = tf.math.div(age, tf.math.add(age, Floats.scalar(tf, type, 3)));
        Operand<T> change = tf.math.sub(point, memory.get("point", type));
        return new Round<>(
                tf.math.add(point, tf.math.mul(change, momentum)),
                image,
                Values.of("point", point).and(more),
                evaluations,
                null);
    }

    static <T extends TFloating> Operand<T> inner(Ops tf, Operand<T> a, Operand<T> b) {
        Operand<T> product = tf.math.mul(a, b);
        return tf.reduceSum(product, Iterations.allAxes(tf, product));
    }
}
