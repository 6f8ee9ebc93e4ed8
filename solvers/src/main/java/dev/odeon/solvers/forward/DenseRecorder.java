package dev.odeon.solvers.forward;

import dev.odeon.graph.Values;
import dev.odeon.solvers.stepper.Hermite;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.StepSize;
import dev.odeon.solvers.stepper.Stepper;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Records the dense output of every step of known size in {@link DenseRows}.
 *
 * <p>The steps in front of the loop, by which a multistep method starts, are recorded as cubics.
 */
public final class DenseRecorder<T extends TFloating> extends Observer<T> {

    private static final String ROW = LoopNames.ROWS + "next";

    private final Problem<T> problem;
    private final DenseRows<T> polynomials;
    private final int rows;
    private final int before;

    /**
     * A recorder.
     *
     * @param stepper with dense output of that many coefficients
     * @param rows the number of steps
     */
    public DenseRecorder(Problem<T> problem, Stepper<T> stepper, int coefficients, int rows) {
        super(stepper);
        this.problem = problem;
        this.polynomials = new DenseRows<>(problem.type(), coefficients, RowWriting.TOGETHER);
        this.rows = rows;
        this.before = Math.min(stepper.history(), rows);
    }

    @Override
    public int startEvaluations() {
        return super.startEvaluations() + (before == 0 ? 0 : before + 1);
    }

    @Override
    protected Values observed(Ops tf, Start<T> start) {
        return Values.of(ROW, tf.constant(before))
                .and(polynomials.initial(tf, rows, starting(tf, start), start.state(0)));
    }

    private List<List<Operand<T>>> starting(Ops tf, Start<T> start) {
        List<List<Operand<T>>> steps = new ArrayList<>();
        Operand<T> rate = null;
        for (int back = before; back > 0; back--) {
            Operand<T> from = start.time(back);
            Operand<T> to = start.time(back - 1);
            if (rate == null) {
                rate = problem.rate(tf, from, start.state(back), start.theta(), start.linearData());
            }
            Operand<T> end = problem.rate(tf, to, start.state(back - 1), start.theta(), start.linearData());
            StepInput<T> input = new StepInput<>(
                    from,
                    new StepSize.InGraph<>(tf.math.sub(to, from)),
                    start.state(back),
                    Values.empty(),
                    start.theta(),
                    start.linearData(),
                    Values.empty(),
                    false);
            steps.add(Hermite.between(tf, input, rate, start.state(back - 1), end));
            rate = end;
        }
        return steps;
    }

    @Override
    protected StepOutput<T> observed(Ops tf, StepInput<T> input, StepOutput<T> output) {
        Operand<TInt32> row = input.memory().get(ROW, TInt32.class);
        Values memory = output.memory().with(ROW, tf.math.add(row, tf.constant(1)));
        return output.withMemory(polynomials.written(tf, input.memory(), row, output, memory));
    }

    /** The stepper whose steps are recorded. */
    public Stepper<T> recorded() {
        return stepper;
    }

    /** How many rows were filled before the loop. */
    public int before() {
        return before;
    }

    /** The names of the tables among what the loop carries: one for each coefficient. */
    public List<String> names() {
        return polynomials.names().stream().map(LoopNames.MEMORY::concat).toList();
    }

    /** The tables among the results of the loop: one for each coefficient. */
    public List<Operand<T>> tables(Values results) {
        return polynomials.tables(results.under(LoopNames.MEMORY));
    }
}
