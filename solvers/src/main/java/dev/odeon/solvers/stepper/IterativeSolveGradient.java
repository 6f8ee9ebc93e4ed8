package dev.odeon.solvers.stepper;

import dev.odeon.graph.CustomGradients;
import dev.odeon.graph.GraphFunction;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.LinearOperator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The gradient of a solve by iteration: with x = (I - alpha J)^-1 b and the gradient w at x, that of b is the solution s of the
 * transposed system for w, and that of J is alpha s x^T.
 *
 * <p>The transposed solve is a function that is defined with the solve, because nothing can be defined while gradients are
 * taken.
 */
final class IterativeSolveGradient {

    private static final String X = "x";
    private static final String WEIGHTS = "weights";
    private static final String ALPHA = "alpha";
    private static final String FACTOR = "factor/";
    private static final String DATA = "data/";

    private IterativeSolveGradient() {}

    /**
     * The solution with its gradient.
     *
     * @param data of J
     * @param x the solution for {@code rhs}
     */
    @SuppressWarnings("unchecked") // what is marked keeps its type
    static <T extends TFloating> Operand<T> of(
            Ops tf,
            LinearOperator<T> linear,
            Values data,
            Values factor,
            Operand<T> alpha,
            Operand<T> rhs,
            Operand<T> x) {
        Class<T> type = x.type();
        Values constants = Values.of(ALPHA, alpha).and(factor.prefixed(FACTOR)).and(data.prefixed(DATA));
        Values arguments = Values.of(X, x).with(WEIGHTS, x).and(constants);
        GraphFunction function = GraphFunction.define(tf, "transposed_solve", arguments.specs(), (inner, values) -> {
            Operand<T> s = linear.solveTransposed(inner, values.under(FACTOR), values.get(WEIGHTS, type));
            Operand<T> scaled = inner.math.mul(s, values.get(ALPHA, type));
            Values inside = values.under(DATA);
            return Values.of(X, s)
                    .and(linear.gradient(inner, inside, values.get(X, type), scaled)
                            .prefixed(DATA));
        });
        String onceOnly = CustomGradients.refuse(
                tf,
                "The gradient of a solve by iteration cannot be differentiated again: take a direct operator such as Dense"
                        + " for second derivatives");
        // Names only: a rule lives as long as its graph and must not hold tensors.
        List<TensorSpec> specs = constants.specs();
        String key = CustomGradients.define(
                tf, (inner, node, upstream) -> call(inner, function, onceOnly, specs, node, upstream.get(0)));
        List<Operand<?>> marked = new ArrayList<>();
        marked.add(tf.stopGradient(x));
        marked.add(rhs);
        for (TensorSpec spec : specs) {
            Operand<?> value = constants.get(spec.name());
            marked.add(spec.name().startsWith(DATA) ? value : tf.stopGradient(value));
        }
        return (Operand<T>) CustomGradients.marked(tf, marked, key).get(0);
    }

    private static List<@Nullable Operand<?>> call(
            Ops tf,
            GraphFunction function,
            String onceOnly,
            List<TensorSpec> specs,
            GraphOperation node,
            Operand<?> weights) {
        Values arguments = Values.of(X, node.output(0)).with(WEIGHTS, weights);
        for (int i = 0; i < specs.size(); i++) {
            arguments = arguments.with(specs.get(i).name(), node.input(2 + i));
        }
        Values found = Values.bind(
                function.outputs(),
                CustomGradients.marked(tf, function.call(tf, arguments).operands(), onceOnly));
        List<@Nullable Operand<?>> gradients = new ArrayList<>();
        gradients.add(null);
        gradients.add(found.get(X));
        for (TensorSpec spec : specs) {
            gradients.add(found.contains(spec.name()) ? found.get(spec.name()) : null);
        }
        return gradients;
    }
}
