package dev.odeon.solvers.solve;

import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.FirstSteps;
import dev.odeon.solvers.forward.KnownLoop;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** What a loop over known steps left. */
final class KnownResult<T extends TFloating> implements ForwardResult<T> {

    private final Prepared<T> prepared;
    private final FirstSteps<T> starting;
    private final SaveAt saveAt;
    private final KnownObservation<T> observation;
    private final Values results;
    private final Operand<TInt32> outcome;
    private final List<BackwardNode> nodes;
    private @Nullable Operand<TInt32> taken;

    /**
     * Of a loop.
     *
     * @param starting the steps in front of it
     * @param results what it carried last
     */
    KnownResult(
            Ops tf,
            Prepared<T> prepared,
            FirstSteps<T> starting,
            SaveAt saveAt,
            KnownObservation<T> observation,
            Values results,
            List<BackwardNode> nodes) {
        this.prepared = prepared;
        this.starting = starting;
        this.saveAt = saveAt;
        this.observation = observation;
        this.results = results;
        this.outcome = KnownLoop.outcome(tf, results);
        this.nodes = nodes;
    }

    @Override
    public Operand<T> last() {
        return results.get(LoopNames.STATE, prepared.problem().type());
    }

    @Override
    public Operand<TInt32> outcome() {
        return outcome;
    }

    @Override
    public Operand<TInt32> counted(Ops tf, Counter counter) {
        Operand<TInt32> counted = results.contains(counter.key())
                ? results.get(counter.key(), TInt32.class)
                : starting.counts().addedTo(tf, counter, tf.constant(0));
        int before = counter == Counter.FACTORIZATIONS ? prepared.factorizations() + starting.factorizations() : 0;
        return before == 0 ? counted : tf.math.add(counted, tf.constant(before));
    }

    @Override
    public Operand<TInt32> accepted(Ops tf) {
        Operand<TInt32> all = taken;
        if (all == null) {
            Operand<TInt32> inLoop = KnownLoop.taken(tf, results);
            all = prepared.before() == 0 ? inLoop : tf.math.add(inLoop, starting.taken(tf));
            taken = all;
        }
        return all;
    }

    @Override
    public Operand<TInt32> rejected(Ops tf) {
        return tf.constant(0);
    }

    @Override
    public @Nullable Operand<T> largestError(Ops tf) {
        return observation.largestError(tf, results);
    }

    @Override
    public KeptStates<T> kept(Ops tf) {
        return observation.kept(tf, states(tf), last(), accepted(tf), results);
    }

    private Operand<T> states(Ops tf) {
        if (saveAt.intermediate() == SaveAt.Kept.END || saveAt.intermediate() == SaveAt.Kept.DENSE) {
            return tf.expandDims(last(), tf.constant(0));
        }
        int count = prepared.grid().kept();
        Operand<TInt32> used = tf.range(tf.constant(0), tf.constant(count), tf.constant(1));
        Operand<T> rows = results.get(LoopNames.KEPT, prepared.problem().type());
        Operand<T> first = starting.start().states().get(0);
        return tf.concat(
                List.of(tf.expandDims(first, tf.constant(0)), tf.gather(rows, used, tf.constant(0))), tf.constant(0));
    }

    @Override
    public List<List<BackwardNode>> backward() {
        return List.of(nodes);
    }
}
