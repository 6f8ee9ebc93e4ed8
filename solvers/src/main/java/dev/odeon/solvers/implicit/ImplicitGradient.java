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
import dev.odeon.solvers.stepping.Counter;
import dev.odeon.solvers.stepping.Counts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The gradient of the loop that solves v = phi(v; inputs), by the implicit function theorem.
 *
 * <p>With the gradient w at the solution, lambda = (I - dphi/dv)^-T w, and the gradient of an input is the product of lambda
 * with dphi/dinput: one transposed solve with the Jacobian at the solution, and one vector-Jacobian product, however the
 * solution was found. Newton's dense matrices are factored anew; for every other solver lambda is found by GMRES on the whole
 * batch. Where the matrix is singular or GMRES reaches its limit, lambda is NaN. The rounding of the gradient is that of the
 * solution: solve the equations more closely than the gradient is to be.
 *
 * <p>All of it is a function that is defined with the loop, because nothing can be defined while gradients are taken.
 */
final class ImplicitGradient {

    private static final String V = "v";
    private static final String WEIGHTS = "weights";
    private static final String INSIDE = "inside/";

    private static final Krylov TRANSPOSED = Krylov.of(KrylovMethod.GMRES).withRestart(40);

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
            Rows rows = NewtonIteration.rows(newton.algebra());
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
        Operand<T> lambda = lambda(tf, solver, equation, v, weights, inside);
        Values targets = inside.differentiable();
        List<@Nullable Operand<?>> found =
                Gradients.vectorJacobian(tf, equation.map(tf, v, inside), lambda, targets.operands());
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
            Ops tf, NonlinearSolver solver, Equation<T> equation, Operand<T> v, Operand<T> weights, Values inside) {
        Operand<T> solution;
        Operand<TBool> failed;
        if (solver instanceof Newton newton && newton.algebra() != Newton.Algebra.GMRES) {
            Rows rows = NewtonIteration.rows(newton.algebra());
            DenseJacobian.Factored factor = DenseJacobian.factor(tf, equation, rows, v.shape(), v, inside);
            solution = DenseJacobian.solveTransposed(tf, factor.values(), rows.of(tf, weights));
            failed = failed(tf, factor.failure(), Outcome.SUCCESS.code());
        } else {
            KrylovSolve.Counted<T> solved = new JacobianProducts<>(equation, JacobianProducts.Side.TRANSPOSED)
                    .solve(tf, TRANSPOSED, v, inside, Rows.BATCH.of(tf, weights));
            solution = solved.checked().solution();
            failed = failed(tf, solved.checked().failure(), SolveFailure.NONE.code());
        }
        Operand<T> visible = tf.select(failed, Floats.scalar(tf, v.type(), Double.NaN), Floats.scalar(tf, v.type(), 0));
        return Rows.back(tf, tf.math.add(solution, visible), v);
    }

    private static Operand<TBool> failed(Ops tf, Operand<TInt32> code, int success) {
        return tf.math.notEqual(code, tf.constant(success));
    }
}
