package dev.odeon.solvers.linear;

import dev.odeon.graph.Gradients;
import dev.odeon.graph.Values;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** What J is: the tensors it consists of, and its products with the rows of a state [batch, d]. */
public interface LinearMap<T extends TFloating> {

    /** How many components a row of the state must have; empty where any number will do, or none is known yet. */
    default OptionalLong components() {
        return OptionalLong.empty();
    }

    /** The tensors J consists of, in the graph of {@code tf}; they reach the loops under these names. */
    Values data(Ops tf, Class<T> type);

    /** Adds J u for every row: [batch, d] to [batch, d]. */
    Operand<T> apply(Ops tf, Values data, Operand<T> u);

    /** Adds the product of the transpose of J with every row. */
    Operand<T> applyTransposed(Ops tf, Values data, Operand<T> u);

    /**
     * Adds the gradient of the inner product of {@code weights} and J u with respect to the differentiable data.
     *
     * @param u cut off from what it was computed from
     * @return under the names of the differentiable data
     */
    default Values gradient(Ops tf, Values data, Operand<T> u, Operand<T> weights) {
        Values targets = data.differentiable();
        List<@Nullable Operand<?>> found =
                Gradients.vectorJacobian(tf, apply(tf, data, u), weights, targets.operands());
        Values gradients = Values.empty();
        Iterator<@Nullable Operand<?>> next = found.iterator();
        for (String name : targets.names()) {
            Operand<?> gradient = next.next();
            gradients = gradients.with(name, gradient != null ? gradient : tf.zerosLike(targets.get(name)));
        }
        return gradients;
    }
}
