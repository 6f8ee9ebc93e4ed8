package dev.odeon.solvers.implicit;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.krylov.KrylovSolve;
import dev.odeon.solvers.linear.report.SolveFailure;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.nonlinear.Newton.Algebra;
import dev.odeon.solvers.stepper.SolveOutcome;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Newton's method: v becomes v - (I - dphi/dv)^-1 (v - phi(v)), the matrix fresh or the chord's. */
final class NewtonIteration<T extends TFloating> implements Iteration<T> {

    /** The prefix of the chord's factor among what the equation reads. */
    static final String FACTOR = "chord/";

    /** Newton's method goes on where a linear residual is this part of what it was. */
    private static final double FORCING = 0.1;

    private final Equation<T> equation;
    private final Newton settings;
    private final Shape shape;
    private final boolean factored;

    NewtonIteration(Equation<T> equation, Newton settings, Shape shape, boolean factored) {
        this.equation = equation;
        this.settings = settings;
        this.shape = shape;
        this.factored = factored;
    }

    /** How the state is cut into rows. */
    static StateRows rows(Algebra algebra) {
        return algebra == Algebra.DENSE_EACH_SAMPLE ? StateRows.SAMPLES : StateRows.BATCH;
    }

    @Override
    public Values begin(Ops tf, Operand<T> guess) {
        return Values.empty();
    }

    @Override
    public Round<T> round(Ops tf, Operand<T> v, Operand<TInt32> number, Values memory, Values inside) {
        StateRows rows = rows(settings.algebra());
        Operand<T> image = equation.map(tf, v, inside);
        Operand<T> residual = rows.of(tf, tf.math.sub(v, image));
        Operand<TInt32> evaluations = tf.constant(equation.evaluations());
        if (factored) {
            Operand<T> change = DenseJacobian.solve(tf, inside.under(FACTOR), residual);
            return new Round<>(tf.math.sub(v, StateRows.back(tf, change, v)), image, memory, evaluations, null);
        }
        if (settings.algebra() == Algebra.GMRES) {
            KrylovSolve.Counted<T> solved = new JacobianProducts<>(equation, JacobianProducts.Side.STRAIGHT)
                    .solve(tf, settings.krylov(), v, inside, residual);
            return new Round<>(
                    tf.math.sub(v, StateRows.back(tf, solved.checked().solution(), v)),
                    image,
                    memory,
                    tf.math.add(evaluations, tf.math.mul(solved.products(), evaluations)),
                    SolveOutcome.of(tf, serviceable(tf, solved)));
        }
        DenseJacobian.Factored factor = DenseJacobian.factor(tf, equation, rows, shape, v, inside);
        Operand<T> change = DenseJacobian.solve(tf, factor.values(), residual);
        return new Round<>(
                tf.math.sub(v, StateRows.back(tf, change, v)),
                image,
                memory,
                tf.math.add(evaluations, factor.evaluations()),
                factor.failure());
    }

    /** The failure of a solve; none where it was not finished but came far enough for the next iteration to go on. */
    private static <T extends TFloating> Operand<TInt32> serviceable(Ops tf, KrylovSolve.Counted<T> solved) {
        Operand<TInt32> failure = solved.checked().failure();
        Operand<TBool> fell = tf.math.lessEqual(
                solved.reduction(), Floats.scalar(tf, solved.reduction().type(), FORCING));
        Operand<TBool> unfinished = tf.math.equal(failure, tf.constant(SolveFailure.NOT_CONVERGED.code()));
        return tf.select(tf.math.logicalAnd(unfinished, fell), tf.constant(SolveFailure.NONE.code()), failure);
    }
}
