package dev.odeon.adjoint.backward;

import dev.odeon.adjoint.backward.BinomialSchedule.Action;
import dev.odeon.adjoint.backward.BinomialSchedule.Kind;
import dev.odeon.graph.LoopTables;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import java.util.List;
import java.util.function.ToIntFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Few states were stored: each round carries out one action of a {@link BinomialSchedule}. */
public final class FewStates<T extends TFloating> implements StateSource {

    private final TakenSteps<T> steps;
    private final BinomialSchedule schedule;
    private final List<TensorSpec> rows;
    private final Actions<T> actions;

    /** From the specifications of what the forward loop carries. */
    public FewStates(TakenSteps<T> steps, BinomialSchedule schedule, List<TensorSpec> carriedForward) {
        this.steps = steps;
        this.schedule = schedule;
        this.actions = new Actions<>(steps);
        this.rows = StoredStates.rows(steps, carriedForward);
    }

    @Override
    public List<TensorSpec> carried() {
        return rows;
    }

    @Override
    public Operand<TInt32> rounds(Ops tf, Operand<TInt32> steps) {
        return tf.constant(schedule.actions().size());
    }

    @Override
    public Values round(Ops tf, Values carried, Values inside) {
        Operand<TInt32> position = carried.get(BackwardNames.ROUND, TInt32.class);
        // As the number of a branch: what is compared or cast would be on the device, and the choice wait for it.
        Operand<TInt32> reverse = column(tf, position, action -> action.kind() == Kind.REVERSE ? 1 : 0);
        Operand<TInt32> step = column(tf, position, Action::step);
        Operand<TInt32> from = column(tf, position, Action::from);
        Operand<TInt32> to = column(tf, position, Action::to);
        Values accounts = Backward.accounts(carried, rows);
        Actions.Done done =
                actions.run(tf, reverse, step, StoredStates.copied(tf, steps, from, carried), accounts, inside);
        Values next = done.replacedIn(carried).with(BackwardNames.ROUND, Backward.nextRound(tf, carried));
        return StoredStates.withRow(tf, steps, to, done.state(), next);
    }

    private Operand<TInt32> column(Ops tf, Operand<TInt32> position, ToIntFunction<Action> value) {
        int[] column = schedule.actions().stream().mapToInt(value).toArray();
        return LoopTables.row(tf, tf.constant(column), position);
    }
}
