package dev.odeon.solvers.forward;

import dev.odeon.graph.Tables;
import dev.odeon.graph.Values;
import dev.odeon.solvers.engine.Hermite;
import dev.odeon.solvers.engine.Problem;
import dev.odeon.solvers.engine.Start;
import dev.odeon.solvers.engine.StepInput;
import dev.odeon.solvers.engine.StepOutput;
import dev.odeon.solvers.engine.StepSize;
import dev.odeon.solvers.engine.Stepper;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Records the dense output of every step of fixed size.
 *
 * <p>The steps in front of the loop, by which a multistep method starts, are recorded as cubics.
 */
public final class DenseRecorder<T extends TFloating> extends Observer<T> {

    private static final String ROW = "dense row";
    private static final String TABLE = "dense table ";

    private final Problem<T> problem;
    private final int coefficients;
    private final int rows;
    private final int before;

    /**
     * A recorder.
     *
     * @param engine with dense output of that many coefficients
     * @param rows the number of steps
     */
    public DenseRecorder(Problem<T> problem, Stepper<T> engine, int coefficients, int rows) {
        super(engine);
        this.problem = problem;
        this.coefficients = coefficients;
        this.rows = rows;
        this.before = Math.min(engine.history(), rows);
    }

    @Override
    public int startEvaluations() {
        return super.startEvaluations() + (before == 0 ? 0 : before + 1);
    }

    @Override
    protected Values observed(Ops tf, Start<T> start) {
        List<List<Operand<T>>> first = starting(tf, start);
        Values memory = Values.of(ROW, tf.constant(before));
        for (int k = 0; k < coefficients; k++) {
            Operand<T> table = Tables.like(tf, problem.type(), rows - before, start.state(0), Double.NaN);
            if (before > 0) {
                List<Operand<T>> column = new ArrayList<>();
                for (List<Operand<T>> step : first) {
                    column.add(k < step.size() ? step.get(k) : tf.zerosLike(start.state(0)));
                }
                table = tf.concat(List.of(tf.stack(column), table), tf.constant(0));
            }
            memory = memory.with(TABLE + k, table);
        }
        return memory;
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
                    new StepSize.Looked<>(tf.math.sub(to, from)),
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
        List<Operand<T>> dense = output.dense();
        if (dense == null || dense.size() != coefficients) {
            throw new IllegalStateException("The engine gave no dense output of " + coefficients + " coefficients");
        }
        Operand<TInt32> row = input.memory().get(ROW, TInt32.class);
        Values memory = output.memory().with(ROW, tf.math.add(row, tf.constant(1)));
        for (int k = 0; k < coefficients; k++) {
            Operand<T> table = input.memory().get(TABLE + k, problem.type());
            memory = memory.with(TABLE + k, Tables.written(tf, table, row, dense.get(k)));
        }
        return new StepOutput<>(output.next(), memory, output.counts(), output.failure(), output.error(), dense);
    }

    /** The tables among the results of the loop: one for each coefficient. */
    public List<Operand<T>> tables(Values results) {
        Values memory = results.under(LoopNames.MEMORY);
        List<Operand<T>> tables = new ArrayList<>();
        for (int k = 0; k < coefficients; k++) {
            tables.add(memory.get(TABLE + k, problem.type()));
        }
        return tables;
    }
}
