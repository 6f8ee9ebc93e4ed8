package dev.odeon.solvers.forward;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.rungekutta.Problem;
import dev.odeon.solvers.rungekutta.StepInput;
import dev.odeon.solvers.rungekutta.StepSize;
import dev.odeon.solvers.steps.TimeGrid;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The loop invariants of a solve: parameters, the operator's data, one factor for each step size and diagonal
 * coefficient, and the times of the steps.
 *
 * <p>Factors are made here, outside every loop, and shared by all stages, steps and the adjoint. Where a solve has several
 * step sizes their factors are stacked, and a step looks its own up.
 */
public final class Prepared<T extends TFloating> {

    private static final String THETA = "theta/";
    private static final String LINEAR = "linear/";
    private static final String FACTOR = "factor/";

    private final Problem<T> problem;
    private final TimeGrid grid;
    private final Values invariants;

    private Prepared(Problem<T> problem, TimeGrid grid, Values invariants) {
        this.problem = problem;
        this.grid = grid;
        this.invariants = invariants;
    }

    /** Whether TensorFlow's own gradient goes through the factors. */
    public enum FactorGradient {
        /** It does: for backpropagation. */
        FOLLOW,
        /** It stops there: an adjoint gives the operator's gradient itself. */
        STOP
    }

    /** Adds data, factors and times to the graph of {@code tf}. */
    public static <T extends TFloating> Prepared<T> of(
            Ops tf, Problem<T> problem, TimeGrid grid, Values theta, FactorGradient factorGradient) {
        Values invariants = theta.prefixed(THETA);
        LinearOperator<T> linear = problem.linear();
        if (linear != null) {
            Values data = linear.data(tf, problem.type());
            invariants = invariants.and(data.prefixed(LINEAR));
            double[] diagonals = problem.diagonals();
            for (int k = 0; k < diagonals.length; k++) {
                List<Values> bySize = new ArrayList<>();
                for (double size : grid.sizes()) {
                    bySize.add(linear.factor(tf, problem.type(), data, size * diagonals[k]));
                }
                for (String name : bySize.get(0).names()) {
                    invariants = invariants.withConstant(
                            FACTOR + k + "/" + name,
                            factorGradient == FactorGradient.STOP
                                    ? tf.stopGradient(stacked(tf, bySize, name))
                                    : stacked(tf, bySize, name));
                }
            }
        }
        invariants = invariants
                .withConstant("times", Floats.constant(tf, problem.type(), Shape.of(grid.count()), grid.starts()))
                .withConstant("sizes", Floats.constant(tf, problem.type(), Shape.of(grid.sizes().length), grid.sizes()))
                .withConstant("size indices", tf.constant(grid.sizeIndices()))
                .withConstant("save indices", tf.constant(grid.saveIndices()));
        return new Prepared<>(problem, grid, invariants);
    }

    @SuppressWarnings("unchecked") // the factors of all step sizes have the same types
    private static Operand<?> stacked(Ops tf, List<Values> bySize, String name) {
        if (bySize.size() == 1) {
            return bySize.get(0).get(name);
        }
        List<Operand<TFloating>> all = new ArrayList<>();
        bySize.forEach(factor -> all.add((Operand<TFloating>) factor.get(name)));
        return tf.stack(all);
    }

    /** The loop invariants by name. */
    public Values invariants() {
        return invariants;
    }

    /** The problem. */
    public Problem<T> problem() {
        return problem;
    }

    /** The steps. */
    public TimeGrid grid() {
        return grid;
    }

    /** How many factors were made. */
    public int factorizations() {
        return problem.linear() == null ? 0 : problem.diagonals().length * grid.sizes().length;
    }

    /** The part of gradient names that belongs to the parameters. */
    public static Values theta(Values invariants) {
        return invariants.under(THETA);
    }

    /** The operator's data among the invariants. */
    public static Values linearData(Values invariants) {
        return invariants.under(LINEAR);
    }

    /** The prefix of the parameters among the invariants. */
    public static String thetaPrefix() {
        return THETA;
    }

    /** The prefix of the operator's data among the invariants. */
    public static String linearPrefix() {
        return LINEAR;
    }

    /** What the step of a number reads, inside a loop. */
    public StepInput<T> input(Ops tf, Operand<TInt32> step, Operand<T> state, Values inside) {
        Class<T> type = problem.type();
        Operand<TInt32> axis = tf.constant(0);
        Operand<T> time = tf.gather(inside.get("times", type), step, axis);
        boolean one = grid.sizes().length == 1;
        Operand<TInt32> index = one ? tf.constant(0) : tf.gather(inside.get("size indices", TInt32.class), step, axis);
        StepSize<T> size = one
                ? new StepSize.Known<>(type, grid.sizes()[0])
                : new StepSize.Looked<>(tf.gather(inside.get("sizes", type), index, axis));
        List<Values> factors = new ArrayList<>();
        for (int k = 0; k < (problem.linear() == null ? 0 : problem.diagonals().length); k++) {
            Values stacked = inside.under(FACTOR + k + "/");
            Values own = stacked;
            if (!one) {
                for (String name : stacked.names()) {
                    own = own.withConstant(name, tf.gather(stacked.get(name), index, axis));
                }
            }
            factors.add(own);
        }
        return new StepInput<>(time, size, state, theta(inside), linearData(inside), factors);
    }

    /** The row in which the end of a step is kept, inside a loop. */
    public Operand<TInt32> saveIndex(Ops tf, Operand<TInt32> step, Values inside) {
        return tf.gather(inside.get("save indices", TInt32.class), step, tf.constant(0));
    }
}
