package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.report.CheckedSolution;
import dev.odeon.solvers.linear.report.FailureKnown;
import dev.odeon.solvers.linear.report.SolveFailure;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * A linear operator J on the rows of a state [batch, d], and the factor of I - alpha J.
 *
 * <p>An operator made from Java numbers is constant: its factor is made once, when the graph is built. One made from
 * tensors is differentiable: its factor is made once per run of the graph, outside all loops, and the solve gives the
 * gradient with respect to the tensors.
 *
 * <p>One factor serves all rows of the batch, all stages, all steps and, transposed, the adjoint. Source: Zhang, Liu,
 * Maulik, Semi-Implicit Neural Ordinary Differential Equations, equation 14.
 */
public interface LinearOperator<T extends TFloating> {

    /**
     * The name under which a factor holds its own failure: a scalar TInt32, the code of a {@link SolveFailure}.
     *
     * <p>Optional. The factor of a singular system holds values that are not finite, so that every solve with it shows.
     */
    String FAILURE = "failure";

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
     * Adds the factor of I - alpha J: everything {@link #solve} reads.
     *
     * <p>Names, types and shapes do not depend on alpha, so that the factors of several step sizes can be stacked. Operators
     * that make their constant factors in Java override it.
     *
     * @param alpha step size times the diagonal coefficient of the method
     * @throws IllegalArgumentException if alpha is not finite
     */
    default Values factor(Ops tf, Class<T> type, Values data, double alpha) {
        Checks.alpha(alpha);
        return factor(tf, type, data, Floats.scalar(tf, type, alpha));
    }

    /**
     * Adds the factor where alpha is known only while the graph runs, for the same solves.
     *
     * <p>Types and shapes do not depend on alpha here either. An alpha that is not finite counts as a singular system.
     *
     * @param alpha scalar; for an operator from {@link #solvedBySample()} also a column [batch, 1, ...], of the state's rank
     */
    Values factor(Ops tf, Class<T> type, Values data, Operand<T> alpha);

    /**
     * Whether a factor costs no more than a solve: then it is made anew in every chosen step, which may have any size, and
     * is not counted. Other factors are kept, and chosen sizes are those whose factors exist.
     */
    default boolean variesFreely() {
        return false;
    }

    /**
     * The same operator with factors that can have another alpha for every sample, at one number per sample and component.
     *
     * <p>For operators diagonal in some basis; a full matrix would need one factor for every sample, which this library
     * never makes. Empty where one factor serves the whole batch.
     */
    default Optional<LinearOperator<T>> solvedBySample() {
        return Optional.empty();
    }

    /** A basis in which J is diagonal; empty where none is known that is cheap to go to. */
    default Optional<Eigenbasis<T>> eigenbasis() {
        return Optional.empty();
    }

    /** Adds the solution of (I - alpha J) x = rhs for every row. */
    Operand<T> solve(Ops tf, Values factor, Operand<T> rhs);

    /** Adds the solution of the transposed system for every row. */
    Operand<T> solveTransposed(Ops tf, Values factor, Operand<T> rhs);

    /**
     * Adds {@link #solve} together with whether it succeeded.
     *
     * <p>Unless an operator knows more, the failure is that of the factor, which costs nothing per solve. Iterative
     * operators add whether they converged; operators that eliminate without exchanging rows, whether the residual is
     * small.
     */
    default CheckedSolution<T> solveChecked(Ops tf, Values factor, Operand<T> rhs) {
        return new CheckedSolution<>(solve(tf, factor, rhs), failure(tf, factor));
    }

    /** Adds {@link #solveTransposed} together with whether it succeeded. */
    default CheckedSolution<T> solveTransposedChecked(Ops tf, Values factor, Operand<T> rhs) {
        return new CheckedSolution<>(solveTransposed(tf, factor, rhs), failure(tf, factor));
    }

    /** When a failure is known: what tells an engine where to look without cost. */
    default FailureKnown failureKnown() {
        return FailureKnown.BY_FACTOR;
    }

    private static Operand<TInt32> failure(Ops tf, Values factor) {
        return factor.contains(FAILURE) ? factor.get(FAILURE, TInt32.class) : tf.constant(SolveFailure.NONE.code());
    }

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
