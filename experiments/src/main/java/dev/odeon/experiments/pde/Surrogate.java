package dev.odeon.experiments.pde;

import dev.odeon.graph.layers.Mlp;
import dev.odeon.solvers.linear.Circulant;
import java.util.List;
import org.tensorflow.types.family.TFloating;

/**
 * A neural surrogate of a periodic equation: u' = factor MLP(u) + J u with a fixed finite-difference stencil J.
 *
 * @param points in space
 * @param stencil coefficients of J, centred
 * @param hidden width of the four hidden layers
 * @param factor of the perceptron's output
 * @param initialization of the perceptron
 */
record Surrogate(int points, double[] stencil, int hidden, double factor, Mlp.Initialization initialization) {

    /** The perceptron's widths. */
    List<Integer> widths() {
        return List.of(points, hidden, hidden, hidden, hidden, points);
    }

    /** J. */
    <T extends TFloating> Circulant<T> linear() {
        return Circulant.stencil(points, stencil);
    }
}
