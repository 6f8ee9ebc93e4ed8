package dev.odeon.adjoint;

import dev.odeon.adjoint.checkpoints.BinomialSchedule;
import dev.odeon.adjoint.checkpoints.BinomialSchedule.Action;
import dev.odeon.adjoint.checkpoints.BinomialSchedule.Kind;
import dev.odeon.graph.Branches;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.ForwardLoop;
import dev.odeon.solvers.forward.Rows;
import dev.odeon.solvers.stepping.StepOutput;
import java.util.List;
import java.util.function.ToIntFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Few states were stored: each round carries out one action of a {@link BinomialSchedule}. */
final class FewStates<T extends TFloating> implements Recall {

    private static final String STEP = "step";
    private static final String BEFORE = "before/";
    private static final String ACCOUNTS = "accounts/";
    private static final String INSIDE = "inside/";

    private final TakenSteps<T> steps;
    private final BinomialSchedule schedule;
    private final List<TensorSpec> rows;

    /** From the specifications of what the forward loop carries. */
    FewStates(TakenSteps<T> steps, BinomialSchedule schedule, List<TensorSpec> carriedForward) {
        this.steps = steps;
        this.schedule = schedule;
        this.rows = StoredStates.rows(steps, carriedForward);
    }

    @Override
    public List<TensorSpec> carried() {
        return rows;
    }

    @Override
    public List<TensorSpec> invariants() {
        return List.of();
    }

    @Override
    public Operand<TInt32> rounds(Ops tf, Operand<TInt32> taken) {
        return tf.constant(schedule.actions().size());
    }

    @Override
    public Values round(Ops tf, Values carried, Values inside) {
        Operand<TInt32> position =
                tf.math.sub(tf.constant(schedule.actions().size()), carried.get(Backward.ROUND, TInt32.class));
        Operand<TInt32> kind = column(tf, position, action -> action.kind() == Kind.ADVANCE ? 0 : 1);
        Operand<TInt32> step = column(tf, position, Action::step);
        Operand<TInt32> from = column(tf, position, Action::from);
        Operand<TInt32> to = column(tf, position, Action::to);
        Values rowsBefore = Values.empty();
        Values accounts = Values.empty();
        for (String name : carried.names()) {
            if (rows.stream().anyMatch(spec -> spec.name().equals(name))) {
                rowsBefore = rowsBefore.with(name, carried.get(name));
            } else {
                accounts = accounts.with(name, carried.get(name));
            }
        }
        Values before = StoredStates.row(tf, steps, from, rowsBefore);
        Values arguments = Values.of(STEP, step)
                .and(accounts.prefixed(ACCOUNTS))
                .and(inside.prefixed(INSIDE))
                .and(before.prefixed(BEFORE));
        Values after = Branches.define(tf, "action", arguments.specs(), List.of(this::advanced, this::reversed))
                .run(tf, kind, arguments);
        Values next = carried;
        for (String name : accounts.names()) {
            next = next.with(name, after.get(ACCOUNTS + name));
        }
        for (TensorSpec spec : steps.carried()) {
            String name = steps.rowsOf(spec.name());
            next = next.with(
                    name,
                    Rows.written(
                            tf, carried.get(name, steps.type()), to, after.get(BEFORE + spec.name(), steps.type())));
        }
        return next;
    }

    private Operand<TInt32> column(Ops tf, Operand<TInt32> position, ToIntFunction<Action> value) {
        int[] column = schedule.actions().stream().mapToInt(value).toArray();
        return tf.gather(tf.constant(column), position, tf.constant(0));
    }

    /** The body of {@link BinomialSchedule.Kind#ADVANCE}. */
    private Values advanced(Ops tf, Values values) {
        Values accounts = values.under(ACCOUNTS);
        Values before = values.under(BEFORE);
        StepOutput<T> output = steps.stepper()
                .step(
                        tf,
                        steps.input(
                                tf,
                                values.get(STEP, TInt32.class),
                                before.get(TakenSteps.STATE, steps.type()),
                                before.under(ForwardLoop.MEMORY),
                                values.under(INSIDE)));
        Values end =
                Values.of(TakenSteps.STATE, output.next()).and(output.memory().prefixed(ForwardLoop.MEMORY));
        Values next = Backward.recomputed(tf, accounts, output.counts()).prefixed(ACCOUNTS);
        for (TensorSpec spec : steps.carried()) {
            next = next.with(BEFORE + spec.name(), end.get(spec.name()));
        }
        return next;
    }

    /** The body of {@link BinomialSchedule.Kind#REVERSE}. */
    private Values reversed(Ops tf, Values values) {
        Values before = values.under(BEFORE);
        return Backward.reversed(
                        tf,
                        steps,
                        values.get(STEP, TInt32.class),
                        before.get(TakenSteps.STATE, steps.type()),
                        before.under(ForwardLoop.MEMORY),
                        values.under(ACCOUNTS),
                        values.under(INSIDE))
                .prefixed(ACCOUNTS)
                .and(before.prefixed(BEFORE));
    }
}
