package dev.odeon.adjoint.backward;

import dev.odeon.graph.LoopTables;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.chosen.Checkpoints;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Few states were stored by {@link Checkpoints}: a round goes on from the latest of them until it is at the step wanted. */
public final class OnlineStates<T extends TFloating> implements StateSource {

    private final TakenSteps<T> steps;
    private final List<TensorSpec> carried;
    private final Actions<T> actions;

    /** From the specifications of what the forward loop carries. */
    public OnlineStates(TakenSteps<T> steps, List<TensorSpec> carriedForward) {
        this.steps = steps;
        this.actions = new Actions<>(steps);
        List<TensorSpec> changed = new ArrayList<>(StoredStates.rows(steps, carriedForward));
        carriedForward.stream().filter(spec -> Checkpoints.owns(spec.name())).forEach(changed::add);
        this.carried = List.copyOf(changed);
    }

    @Override
    public List<TensorSpec> carried() {
        return carried;
    }

    @Override
    public Values round(Ops tf, Values carriedNow, Values inside) {
        Operand<TInt32> wanted = Backward.step(tf, steps, carriedNow, inside);
        Checkpoints checkpoints = Checkpoints.of(carriedNow);
        Operand<TInt32> from = checkpoints.latest(tf, wanted);
        Operand<TInt32> step = LoopTables.copied(tf, checkpoints.steps(), from);
        Operand<TBool> reverse = tf.math.equal(step, wanted);
        Actions.Done done = actions.run(
                tf,
                tf.dtypes.cast(reverse, TInt32.class),
                step,
                StoredStates.copied(tf, steps, from, carriedNow),
                Backward.accounts(carriedNow, carried),
                inside);
        Values next = done.replacedIn(carriedNow);
        Checkpoints.Placed placed = checkpoints.place(tf, tf.math.add(step, tf.constant(1)));
        Operand<TInt32> to = tf.select(reverse, from, placed.row());
        next = StoredStates.withRow(tf, steps, to, done.state(), next);
        next = checkpoints
                .released(tf, wanted)
                .orElse(tf, reverse, placed.checkpoints())
                .replacedIn(next);
        Operand<TInt32> round = carriedNow.get(BackwardNames.ROUND, TInt32.class);
        return next.with(BackwardNames.ROUND, tf.select(reverse, Backward.nextRound(tf, carriedNow), round));
    }
}
