package dev.odeon.solvers.solve;

import dev.odeon.graph.GraphFunction;
import dev.odeon.graph.RunTimeValues;
import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.Failures;
import dev.odeon.solvers.forward.FirstSteps;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Counts;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.TimeGrid;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What steps left that were added one after the other.
 *
 * @param atTimes the states that are kept, the first among them
 * @param counts of all steps
 * @param outcome of all steps
 */
record UnrolledSteps<T extends TFloating>(
        Prepared<T> prepared,
        FirstSteps<T> starting,
        SaveAt saveAt,
        KnownObservation<T> observation,
        Operand<T> last,
        List<Operand<T>> atTimes,
        Counts counts,
        Operand<TInt32> outcome)
        implements ForwardResult<T> {

    /**
     * The most operations that are unrolled. Gradients add four times as many, and TensorFlow's optimiser takes 0.4 ms for
     * each of all of these before the first run, on one core.
     */
    private static final int MOST_OPERATIONS = 10_000;

    /**
     * Adds the steps.
     *
     * @throws IllegalArgumentException if they are too many
     */
    static <T extends TFloating> UnrolledSteps<T> added(
            Ops tf, Prepared<T> prepared, FirstSteps<T> starting, SaveAt saveAt, KnownObservation<T> observation) {
        TimeGrid grid = prepared.grid();
        List<Operand<T>> atTimes = new ArrayList<>();
        atTimes.add(starting.start().states().get(0));
        for (int n = 0; n < prepared.before(); n++) {
            if (grid.keeps(n)) {
                atTimes.add(starting.start().states().get(n + 1));
            }
        }
        Counts counts = starting.counts();
        Operand<T> state = starting.start().state(0);
        Values memory = prepared.stepper().memory(tf, starting.start());
        @Nullable Operand<TInt32> failure = null;
        long operations = operations(tf);
        for (int n = 0; n < prepared.count(); n++) {
            StepInput<T> input = prepared.input(tf, tf.constant(n), state, memory, prepared.invariants());
            StepOutput<T> output =
                    prepared.stepper().step(tf, prepared.problem().iterates() ? input.forDifferentiation() : input);
            state = output.next();
            memory = output.memory();
            counts = counts.plus(tf, output.counts());
            Operand<TInt32> ofStep = output.failure();
            if (ofStep != null) {
                failure = failure == null ? ofStep : Failures.first(tf, failure, ofStep);
            }
            if (grid.keeps(prepared.before() + n)) {
                atTimes.add(state);
            }
            if (n == 0) {
                requireFew(prepared.count(), operations(tf) - operations);
            }
        }
        Operand<TInt32> outcome = Failures.first(tf, starting.outcome(), Failures.ofStep(tf, failure, state));
        return new UnrolledSteps<>(
                prepared, starting, saveAt, observation, RunTimeValues.of(tf, state), atTimes, counts, outcome);
    }

    private static long operations(Ops tf) {
        long count = 0;
        for (Iterator<GraphOperation> all = GraphFunction.graphOf(tf).operations(); all.hasNext(); all.next()) {
            count++;
        }
        return count;
    }

    private static void requireFew(int steps, long operations) {
        if (steps * operations > MOST_OPERATIONS) {
            throw new IllegalArgumentException(
                    steps + " steps of " + operations + " operations each are too many to unroll,"
                            + " of which " + MOST_OPERATIONS
                            + " operations is the limit: take Gradient.DISCRETE_ADJOINT, which gives"
                            + " the same gradient, or " + Math.max(1, MOST_OPERATIONS / operations) + " steps or less");
        }
    }

    @Override
    public Operand<TInt32> counted(Ops tf, Counter counter) {
        return counter == Counter.FACTORIZATIONS
                ? tf.constant(prepared.factorizations() + starting.factorizations())
                : counts.addedTo(tf, counter, tf.constant(0));
    }

    @Override
    public Operand<TInt32> accepted(Ops tf) {
        return tf.constant(prepared.grid().count());
    }

    @Override
    public Operand<TInt32> rejected(Ops tf) {
        return tf.constant(0);
    }

    @Override
    public KeptStates<T> kept(Ops tf) {
        Operand<T> states = saveAt.intermediate() == SaveAt.Kept.END
                ? tf.expandDims(last, tf.constant(0))
                : RunTimeValues.of(tf, tf.stack(atTimes));
        return observation.kept(tf, states);
    }

    @Override
    public List<List<BackwardNode>> backward() {
        return List.of();
    }
}
