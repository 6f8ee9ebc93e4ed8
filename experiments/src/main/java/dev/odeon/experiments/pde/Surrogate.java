package dev.odeon.experiments.pde;

import dev.odeon.graph.layers.Mlp;
import dev.odeon.solvers.linear.Circulant;
import dev.odeon.solvers.linear.Dense;
import dev.odeon.solvers.linear.DenseSolve;
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
public record Surrogate(int points, double[] stencil, int hidden, double factor, Mlp.Initialization initialization) {

    /** That of the paper. */
    static final double BURGERS_VISCOSITY = 8e-4;
    /** That of the paper. */
    static final double BURGERS_LENGTH = 1;

    /** Of the Kuramoto-Sivashinsky equation: -MLP(u) + J u with the centred differences J of -u_xx - u_xxxx. */
    public static Surrogate kuramotoSivashinsky(int points, Mlp.Initialization initialization) {
        return kuramotoSivashinsky(points, KuramotoSivashinskyRing.LENGTH, initialization);
    }

    /** The same on a ring of another length. */
    static Surrogate kuramotoSivashinsky(int points, double length, Mlp.Initialization initialization) {
        return new Surrogate(
                points, KuramotoSivashinskyRing.stencil(points, length), points * 25 / 8, -1, initialization);
    }

    /** Of the viscous Burgers equation on the unit interval: MLP(u) + J u with the centred differences J of nu u_xx. */
    public static Surrogate burgers(int points, Mlp.Initialization initialization) {
        return burgers(points, BURGERS_LENGTH, BURGERS_VISCOSITY, initialization);
    }

    /** The same on another interval with another viscosity. */
    static Surrogate burgers(int points, double length, double viscosity, Mlp.Initialization initialization) {
        double diffusion = viscosity * points * points / (length * length);
        double[] stencil = {diffusion, -2 * diffusion, diffusion};
        return new Surrogate(points, stencil, points * 9 / 8, 1, initialization);
    }

    /** The perceptron's widths. */
    List<Integer> widths() {
        return List.of(points, hidden, hidden, hidden, hidden, points);
    }

    /** The largest rate at which a mode of J decays: that of its most negative eigenvalue, if the stencil is symmetric. */
    double stiffness() {
        int centre = stencil.length / 2;
        double least = 0;
        for (int mode = 0; mode <= points / 2; mode++) {
            double eigenvalue = 0;
            for (int k = 0; k < stencil.length; k++) {
                eigenvalue += stencil[k] * Math.cos(2 * Math.PI * mode * (k - centre) / points);
            }
            least = Math.min(least, eigenvalue);
        }
        return -least;
    }

    /** J as a periodic stencil. */
    public <T extends TFloating> Circulant<T> linear() {
        return Circulant.stencil(points, stencil);
    }

    /** J as a full matrix. */
    public <T extends TFloating> Dense<T> dense(DenseSolve strategy) {
        double[][] matrix = new double[points][points];
        int centre = stencil.length / 2;
        for (int i = 0; i < points; i++) {
            for (int k = 0; k < stencil.length; k++) {
                matrix[i][Math.floorMod(i + k - centre, points)] += stencil[k];
            }
        }
        return Dense.of(matrix, strategy);
    }
}
