package dev.odeon.models.recurrent;

import dev.odeon.graph.Values;
import dev.odeon.graph.scan.Scan;
import dev.odeon.models.training.SolveReport;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Outcome;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** What an {@link OdeRnn} found on its way through the observations. */
public final class Passage<T extends TFloating> {

    private static final String OUTCOME = "outcome";
    private static final String EVALUATIONS = "evaluations";

    private final Operand<T> updated;
    private final Operand<T> evolved;
    private final Operand<T> last;
    private final Scan.Result scan;

    Passage(Operand<T> updated, Operand<T> evolved, Operand<T> last, Scan.Result scan) {
        this.updated = updated;
        this.evolved = evolved;
        this.last = last;
        this.scan = scan;
    }

    /** The states after each observation: [K, batch, units]. */
    public Operand<T> updated() {
        return updated;
    }

    /** The states after each duration, before the next observation: [K, batch, units]. */
    public Operand<T> evolved() {
        return evolved;
    }

    /** The state after the last duration: [batch, units]. */
    public Operand<T> last() {
        return last;
    }

    /** The code of the first {@link Outcome} of each sample that is no success: [batch]. */
    public Operand<TInt32> outcome() {
        return scan.told().get(OUTCOME, TInt32.class);
    }

    /** Evaluations of the field, of all rounds, and of all samples where each has its own steps: scalar. */
    public Operand<TInt32> evaluations() {
        return scan.told().get(EVALUATIONS, TInt32.class);
    }

    /**
     * Evaluations of the gradient, and before those the ones of the repeated solves: scalar; empty before a gradient was asked
     * for.
     */
    public Optional<Operand<TInt32>> backwardEvaluations() {
        return scan.toldBack().map(told -> told.get(EVALUATIONS, TInt32.class));
    }

    /** How the ways back of the solves ended, as {@link Solution#backwardOutcome}: [batch]; empty before a gradient. */
    public Optional<Operand<TInt32>> backwardOutcome() {
        return scan.toldBack().map(told -> told.get(OUTCOME, TInt32.class));
    }

    /** What it tells a training. */
    public SolveReport report() {
        return SolveReport.ofSamples(outcome(), evaluations(), this::backwardEvaluations, this::backwardOutcome);
    }

    /** Nothing counted, and success. */
    static Values counts(Ops tf, Operand<TInt32> samples) {
        return Values.of(OUTCOME, tf.fill(samples, tf.constant(Outcome.SUCCESS.code())))
                .with(EVALUATIONS, tf.constant(0));
    }

    static Values forward(Ops tf, Values told, Solution<?> solution) {
        return added(
                tf, first(tf, told, solution.outcome()), solution.statistics().nfe());
    }

    static Values backward(Ops tf, Values told, Solution<?> solution) {
        Operand<TInt32> repeated = solution.statistics().nfe();
        Values counted = solution.backwardOutcome()
                .map(outcome -> first(tf, told, outcome))
                .orElse(told);
        Operand<TInt32> products =
                solution.backward().map(Solution.BackwardStatistics::nfe).orElse(repeated);
        return added(tf, added(tf, counted, repeated), products);
    }

    private static Values first(Ops tf, Values told, Operand<TInt32> outcome) {
        Operand<TInt32> before = told.get(OUTCOME, TInt32.class);
        Operand<TBool> well = tf.math.equal(before, tf.constant(Outcome.SUCCESS.code()));
        return told.with(OUTCOME, tf.select(well, tf.math.add(tf.zerosLike(before), outcome), before));
    }

    private static Values added(Ops tf, Values told, Operand<TInt32> counts) {
        Operand<TInt32> flat = tf.reshape(counts, tf.constant(new int[] {-1}));
        Operand<TInt32> before = told.get(EVALUATIONS, TInt32.class);
        return told.with(EVALUATIONS, tf.math.add(before, tf.reduceSum(flat, tf.constant(0))));
    }
}
