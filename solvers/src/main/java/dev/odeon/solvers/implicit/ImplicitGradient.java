package dev.odeon.solvers.implicit;

import dev.odeon.graph.CustomGradients;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.GraphFunction;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.krylov.KrylovMethod;
import dev.odeon.solvers.linear.krylov.KrylovSolve;
import dev.odeon.solvers.linear.report.SolveFailure;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.nonlinear.NonlinearSolver;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Counts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAny;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The gradient of the loop that solves v = phi(v; inputs), by the implicit function theorem.
 *
 * <p>With the gradient w at the solution, lambda = (I - dphi/dv)^-T w, and the gradient of an input is the product of lambda
 * with dphi/dinput: one transposed solve with the Jacobian at the solution, and one vector-Jacobian product, however the
 * solution was found. Newton's dense matrices are factored anew; for every other solver lambda is found by GMRES on the whole
 * batch. The matrices of single samples are the whole truth only where samples do not see each other: the residual of what
 * they give is looked at, by one product, and where it is not rounding GMRES solves for the rest, preconditioned by them.
 * Where the matrix is singular or GMRES reaches its limit, lambda is NaN. The rounding of the gradient is that of the solution:
 * solve the equations more closely than the gradient is to be.
 *
 * <p>All of it is a function that is defined with the loop, because nothing can be defined while gradients are taken.
 */
final class ImplicitGradient {

    private static final String V = "v";
    private static final String WEIGHTS = "weights";
    private static final String INSIDE = "inside/";

    private static final Krylov TRANSPOSED = Krylov.of(KrylovMethod.GMRES).withRestart(40);
    /** Roundings of the largest terms that a residual may consist of. */
    private static final int ROUNDINGS = 16;

    private ImplicitGradient() {}

    /**
     * Defines the gradient of a loop that carries v and reads what the equation reads.
     *
     * @param carriedV the name under which the loop carries v
     * @param guess whose type and shape v has
     * @return the key to run the loop with
     */
    static <T extends TFloating> String define(
            Ops tf, NonlinearSolver solver, Equation<T> equation, WhileLoop loop, String carriedV, Operand<T> guess) {
        Values inside = equation.inputs();
        Values arguments = Values.of(V, guess).with(WEIGHTS, guess).and(inside.prefixed(INSIDE));
        GraphFunction function = GraphFunction.define(
                tf,
                "implicit_gradient",
                arguments.specs(),
                (inner, values) -> gradients(
                        inner,
                        solver,
                        equation,
                        values.get(V, guess.type()),
                        values.get(WEIGHTS, guess.type()),
                        values.under(INSIDE)));
        // Names and numbers only: a rule lives as long as its graph and must not hold tensors.
        List<TensorSpec> insideSpecs = inside.specs();
        int position = loop.indexOf(carriedV);
        String onceOnly = CustomGradients.refuse(
                tf,
                "The gradient of an implicit step cannot be differentiated again: take an explicit or an"
                        + " implicit-explicit method for second derivatives");
        return CustomGradients.define(
                tf,
                (inner, node, upstream) ->
                        call(inner, function, onceOnly, loop, insideSpecs, position, node, upstream.get(position)));
    }

    /**
     * What the gradient of one equation costs.
     *
     * <p>A transposed solve by GMRES counts as one solve, without its products.
     */
    static <T extends TFloating> Counts counts(Ops tf, NonlinearSolver solver, Equation<T> equation, Operand<T> guess) {
        Counts counts =
                Counts.none().plus(Counter.EVALUATIONS, equation.evaluations()).plus(Counter.LINEAR_SOLVES, 1);
        if (solver instanceof Newton newton && newton.algebra() != Newton.Algebra.GMRES) {
            StateRows rows = NewtonIteration.rows(newton.algebra());
            Operand<TInt32> images = DenseJacobian.images(tf, rows, guess.shape(), guess);
            counts = counts.plus(Counter.FACTORIZATIONS, 1)
                    .plus(tf, Counter.EVALUATIONS, tf.math.mul(images, tf.constant(equation.evaluations())));
        }
        return counts;
    }

    private static List<@Nullable Operand<?>> call(
            Ops tf,
            GraphFunction function,
            String onceOnly,
            WhileLoop loop,
            List<TensorSpec> insideSpecs,
            int position,
            GraphOperation node,
            Operand<?> weights) {
        Values invariants = loop.invariantsOf(node);
        Values arguments = Values.of(V, node.output(position)).with(WEIGHTS, weights);
        for (TensorSpec spec : insideSpecs) {
            arguments = arguments.with(INSIDE + spec.name(), invariants.get(spec.name()));
        }
        Values found = Values.bind(
                function.outputs(),
                CustomGradients.marked(tf, function.call(tf, arguments).operands(), onceOnly));
        List<@Nullable Operand<?>> gradients = new ArrayList<>();
        int carried = node.numInputs() - invariants.size();
        for (int i = 0; i < carried; i++) {
            gradients.add(null);
        }
        for (String name : invariants.names()) {
            gradients.add(found.contains(name) ? found.get(name) : null);
        }
        return gradients;
    }

    private static <T extends TFloating> Values gradients(
            Ops tf, NonlinearSolver solver, Equation<T> equation, Operand<T> v, Operand<T> weights, Values inside) {
        Operand<T> image = equation.map(tf, v, inside);
        Operand<T> lambda = lambda(tf, solver, equation, v, image, weights, inside);
        Values targets = inside.differentiable();
        List<@Nullable Operand<?>> found = Gradients.vectorJacobian(tf, image, lambda, targets.operands());
        Values gradients = Values.empty();
        int k = 0;
        for (String name : targets.names()) {
            Operand<?> gradient = found.get(k++);
            if (gradient != null) {
                gradients = gradients.with(name, gradient);
            }
        }
        return gradients;
    }

    private static <T extends TFloating> Operand<T> lambda(
            Ops tf,
            NonlinearSolver solver,
            Equation<T> equation,
            Operand<T> v,
            Operand<T> image,
            Operand<T> weights,
            Values inside) {
        if (!(solver instanceof Newton newton) || newton.algebra() == Newton.Algebra.GMRES) {
            KrylovSolve.Counted<T> solved =
                    transposed(equation).solve(tf, settings(solver), v, inside, StateRows.BATCH.of(tf, weights));
            return StateRows.back(tf, visible(tf, solved), v);
        }
        StateRows rows = NewtonIteration.rows(newton.algebra());
        DenseJacobian.Factored factor = DenseJacobian.factor(tf, equation, rows, v.shape(), v, inside);
        Operand<T> direct = DenseJacobian.solveTransposed(tf, factor.values(), rows.of(tf, weights));
        Operand<T> lambda =
                StateRows.back(tf, visible(tf, direct, failed(tf, factor.failure(), Outcome.SUCCESS.code())), v);
        if (rows == StateRows.BATCH) {
            return lambda;
        }
        Operand<T> residual = residual(tf, factor.values(), v, image, lambda, weights);
        KrylovSolve.Counted<T> rest = transposed(equation)
                .solve(tf, TRANSPOSED, v, inside, factor.values(), StateRows.BATCH.of(tf, residual));
        return tf.math.add(lambda, StateRows.back(tf, visible(tf, rest), v));
    }

    /** Those of Newton's method, but for the tolerance: nothing corrects a gradient later. */
    private static Krylov settings(NonlinearSolver solver) {
        if (!(solver instanceof Newton newton)) {
            return TRANSPOSED;
        }
        Krylov krylov = newton.krylov();
        return krylov.withTolerance(Math.min(krylov.tolerance(), TRANSPOSED.tolerance()))
                .withMaxIterations(Math.max(krylov.maxIterations(), TRANSPOSED.maxIterations()));
    }

    private static <T extends TFloating> JacobianProducts<T> transposed(Equation<T> equation) {
        return new JacobianProducts<>(equation, JacobianProducts.Side.TRANSPOSED);
    }

    /** What lambda leaves of the weights; zero where no sample has more of it than rounding explains. */
    private static <T extends TFloating> Operand<T> residual(
            Ops tf, Values factor, Operand<T> v, Operand<T> image, Operand<T> lambda, Operand<T> weights) {
        Class<T> type = v.type();
        Operand<T> product = tf.math.sub(lambda, DenseJacobian.product(tf, image, lambda, v));
        Operand<T> residual = tf.math.sub(weights, product);
        Operand<T> rounding = tf.math.mul(
                DenseJacobian.magnitudes(tf, factor, StateRows.SAMPLES.of(tf, lambda)),
                Floats.scalar(tf, type, ROUNDINGS * Floats.epsilon(type)));
        double tolerance = Math.max(TRANSPOSED.tolerance(), ROUNDINGS * Floats.epsilon(type));
        Operand<T> posed = magnitudes(tf, StateRows.BATCH.of(tf, weights));
        Operand<T> limit = tf.math.add(rounding, tf.math.mul(posed, Floats.scalar(tf, type, tolerance)));
        Operand<T> left = magnitudes(tf, StateRows.SAMPLES.of(tf, residual));
        Operand<TBool> coupled = tf.reduceAny(tf.math.greater(left, limit), tf.constant(0), new ReduceAny.Options[0]);
        return tf.select(coupled, residual, tf.zerosLike(residual));
    }

    /** The sum of magnitudes in each row. */
    private static <T extends TFloating> Operand<T> magnitudes(Ops tf, Operand<T> rows) {
        return tf.reduceSum(tf.math.abs(rows), tf.constant(1));
    }

    private static <T extends TFloating> Operand<T> visible(Ops tf, KrylovSolve.Counted<T> solved) {
        return visible(
                tf, solved.checked().solution(), failed(tf, solved.checked().failure(), SolveFailure.NONE.code()));
    }

    /** A solution, NaN where it failed. */
    private static <T extends TFloating> Operand<T> visible(Ops tf, Operand<T> solution, Operand<TBool> failed) {
        Class<T> type = solution.type();
        return tf.math.add(
                solution, tf.select(failed, Floats.scalar(tf, type, Double.NaN), Floats.scalar(tf, type, 0)));
    }

    private static Operand<TBool> failed(Ops tf, Operand<TInt32> code, int success) {
        return tf.math.notEqual(code, tf.constant(success));
    }
}
