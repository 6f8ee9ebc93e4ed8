package dev.odeon.solvers.implicit;

import dev.odeon.graph.Floats;
import dev.odeon.graph.OncePerGraph;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.nonlinear.Anderson;
import dev.odeon.solvers.nonlinear.InnerOptimiser;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.nonlinear.NonlinearSolver;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.Resolution;
import dev.odeon.solvers.tolerances.Attainable;
import dev.odeon.solvers.tolerances.Tolerance;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The loops of a nonlinear solver: rounds until the last change is small, a number is not finite, a linear system is
 * singular, or the rounds are used up.
 *
 * <p>A loop is defined once for all equations of one form: those of all stages, and of all steps that are unrolled.
 */
final class Iterations {

    private static final String V = "v";
    private static final String ROUND = "round";
    private static final String STATUS = "status";
    private static final String EVALUATIONS = "evaluations";
    private static final String MEMORY = "iteration memory/";
    private static final int RUNNING = -1;

    private final NonlinearSolver solver;
    private final @Nullable Resolution resolution;
    private final OncePerGraph<Key, Defined> loops = new OncePerGraph<>();

    /**
     * The loops of a stepper.
     *
     * @throws IllegalArgumentException if the tolerance of the solver does not spread over the state of one sample
     */
    Iterations(NonlinearSolver solver, Problem<?> problem) {
        solver.absolute().requireFits(problem.shape());
        this.solver = solver;
        this.resolution = problem.resolution();
    }

    NonlinearSolver solver() {
        return solver;
    }

    /**
     * The result.
     *
     * @param v the last iterate
     * @param failure the code of SUCCESS, or why v does not solve the equation
     * @param evaluations of the field
     * @param rounds that were run
     */
    record Solved<T extends TFloating>(
            Operand<T> v, Operand<TInt32> failure, Operand<TInt32> evaluations, Operand<TInt32> rounds) {}

    /** What becomes of the solution. */
    enum Use {
        PLAIN,
        DIFFERENTIATED
    }

    /** What tells the loops of a stepper apart. */
    private record Key(Object form, Use use, List<TensorSpec> carried, List<TensorSpec> inside) {}

    /** A loop, and the key of its gradient. */
    private record Defined(WhileLoop loop, String gradient) {}

    /**
     * Adds the solution of an equation.
     *
     * @param factor of the chord method, or null for solvers that need none
     * @param use whether the solution will be differentiated; guess and factor are constants then
     */
    <T extends TFloating> Solved<T> solve(
            Ops tf, Equation<T> equation, Operand<T> guess, @Nullable Values factor, Use use) {
        Iteration<T> iteration = iteration(equation, guess, factor != null);
        Values inside = equation.inputs();
        if (factor != null) {
            inside = inside.and(factor.prefixed(NewtonIteration.FACTOR));
        }
        Values initial = Values.of(V, guess)
                .with(ROUND, tf.constant(0))
                .with(STATUS, tf.constant(RUNNING))
                .with(EVALUATIONS, tf.constant(0))
                .and(iteration.begin(tf, guess).prefixed(MEMORY));
        List<TensorSpec> carried = initial.specs();
        List<TensorSpec> read = inside.specs();
        Defined defined = loops.get(tf, new Key(equation.form(), use, carried, read), () -> {
            WhileLoop loop = define(tf, iteration, guess.type(), carried, read);
            return new Defined(
                    loop,
                    use == Use.DIFFERENTIATED ? ImplicitGradient.define(tf, solver, equation, loop, V, guess) : "");
        });
        Values result =
                defined.loop().run(tf, initial, inside, defined.gradient()).values();
        return new Solved<>(
                result.get(V, guess.type()),
                result.get(STATUS, TInt32.class),
                result.get(EVALUATIONS, TInt32.class),
                result.get(ROUND, TInt32.class));
    }

    private <T extends TFloating> WhileLoop define(
            Ops tf, Iteration<T> iteration, Class<T> type, List<TensorSpec> carried, List<TensorSpec> inside) {
        return WhileLoop.define(
                tf,
                "nonlinear",
                carried,
                inside,
                (inner, values, invariants) ->
                        inner.math.equal(values.get(STATUS, TInt32.class), inner.constant(RUNNING)),
                (inner, values, invariants) -> round(inner, iteration, type, values, invariants));
    }

    private <T extends TFloating> Iteration<T> iteration(Equation<T> equation, Operand<T> guess, boolean factored) {
        if (solver instanceof Newton newton) {
            return new NewtonIteration<>(equation, newton, guess.shape(), factored);
        }
        if (solver instanceof Anderson anderson) {
            return new AndersonIteration<>(equation, anderson.depth());
        }
        return new OptimiserIteration<>(equation, (InnerOptimiser) solver);
    }

    private <T extends TFloating> Values round(
            Ops tf, Iteration<T> iteration, Class<T> type, Values carried, Values inside) {
        Operand<T> v = carried.get(V, type);
        Operand<TInt32> number = carried.get(ROUND, TInt32.class);
        Values memory = carried.under(MEMORY);
        Iteration.Round<T> round = iteration.round(tf, v, number, memory, inside);
        Operand<TInt32> after = tf.math.add(number, tf.constant(1));
        Values next = carried.with(V, round.next())
                .with(ROUND, after)
                .with(STATUS, status(tf, type, v, round, after))
                .with(EVALUATIONS, tf.math.add(carried.get(EVALUATIONS, TInt32.class), round.evaluations()));
        for (String name : memory.names()) {
            next = next.with(MEMORY + name, round.memory().get(name));
        }
        return next;
    }

    private <T extends TFloating> Operand<TInt32> status(
            Ops tf, Class<T> type, Operand<T> v, Iteration.Round<T> round, Operand<TInt32> rounds) {
        Operand<T> change = tf.math.abs(tf.math.sub(round.next(), v));
        Operand<T> allowed = allowed(tf, type, tf.math.abs(round.next()));
        Operand<T> largest = tf.reduceMax(tf.math.divNoNan(change, allowed), allAxes(tf, change));
        Operand<TBool> small = tf.math.lessEqual(largest, Floats.scalar(tf, type, 1));
        Operand<TInt32> status = tf.select(
                tf.math.greaterEqual(rounds, tf.constant(solver.maxIterations())),
                code(tf, Outcome.NONLINEAR_DIVERGENCE),
                tf.constant(RUNNING));
        // A largest change that is NaN or infinite says the same.
        status = tf.select(tf.math.isFinite(largest), status, code(tf, Outcome.NONLINEAR_DIVERGENCE));
        status = tf.select(small, code(tf, Outcome.SUCCESS), status);
        if (round.failure() != null) {
            status = tf.select(tf.math.equal(round.failure(), code(tf, Outcome.SUCCESS)), status, round.failure());
        }
        Operand<TBool> finite = tf.math.isFinite(tf.reduceSum(round.image(), allAxes(tf, round.image())));
        Operand<TBool> before = tf.math.isFinite(tf.reduceSum(v, allAxes(tf, v)));
        // The field itself gave no number although it was asked at a finite v.
        return tf.select(tf.math.logicalAnd(before, tf.math.logicalNot(finite)), code(tf, Outcome.NON_FINITE), status);
    }

    /** The largest last change of each component, from the sizes of the components. */
    private <T extends TFloating> Operand<T> allowed(Ops tf, Class<T> type, Operand<T> sizes) {
        double tolerance = solver.attainable(type);
        Tolerance absolute = solver.absolute();
        // Where one number serves all components, it says nothing of their sizes.
        Operand<T> allowed = line(
                tf,
                type,
                Tolerance.of(tolerance),
                absolute.uniform() ? absolute.atLeast(rounding(type)) : absolute,
                sizes);
        if (resolution == null) {
            return allowed;
        }
        Tolerance relative = resolution.rtol().times(Resolution.SHARE).atLeast(rounding(type));
        return tf.math.minimum(
                allowed, line(tf, type, relative, resolution.atol().times(Resolution.SHARE), sizes));
    }

    private static double rounding(Class<? extends TFloating> type) {
        return Attainable.least(type, NonlinearSolver.ROUNDINGS);
    }

    private static <T extends TFloating> Operand<T> line(
            Ops tf, Class<T> type, Tolerance slope, Tolerance constant, Operand<T> x) {
        return tf.math.add(tf.math.mul(x, slope.in(tf, type)), constant.in(tf, type));
    }

    private static Operand<TInt32> code(Ops tf, Outcome outcome) {
        return tf.constant(outcome.code());
    }

    static <T extends TFloating> Operand<TInt32> allAxes(Ops tf, Operand<T> x) {
        return tf.range(tf.constant(0), tf.rank(x), tf.constant(1));
    }
}
