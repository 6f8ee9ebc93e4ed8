package dev.odeon.adjoint;

import dev.odeon.adjoint.differentiation.UnrolledDifferentiation;
import dev.odeon.solvers.solve.Differentiation;

/**
 * TensorFlow's own gradient of the unrolled steps.
 *
 * <p>Exact; the graph and the memory grow with steps times stages. For comparison and for very few steps, and for second
 * derivatives: its gradient alone can be differentiated again, where the method takes no iteration. Steps that come to more
 * than 10,000 operations, some 200 of rk4 with a small network, are refused with an {@code IllegalArgumentException}.
 */
public record Backpropagation() implements Gradient {
    @Override
    public String label() {
        return "backpropagation";
    }

    @Override
    @SuppressWarnings("exports")
    public Differentiation differentiation() {
        return new UnrolledDifferentiation(label());
    }
}
