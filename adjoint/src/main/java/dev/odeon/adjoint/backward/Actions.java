package dev.odeon.adjoint.backward;

import dev.odeon.graph.Branches;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.stepper.StepOutput;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** The two things a round with few stored states may do: take a step again, or apply its adjoint. */
record Actions<T extends TFloating>(TakenSteps<T> steps) {

    private static final String STEP = "step";
    private static final String BEFORE = "before/";
    private static final String ACCOUNTS = "accounts/";
    private static final String INSIDE = "inside/";

    /**
     * What an action leaves.
     *
     * @param accounts gradients and counts
     * @param state the end of the step that was taken again; after an adjoint the state that was given
     */
    record Done(Values accounts, Values state) {
        /** Carried values with these gradients and counts. */
        Values replacedIn(Values carried) {
            Values next = carried;
            for (String name : accounts.names()) {
                next = next.with(name, accounts.get(name));
            }
            return next;
        }
    }

    /**
     * Adds the choice.
     *
     * @param reverse one if the adjoint is applied, zero if the step is taken again
     * @param before state and memory before the step
     * @param accounts gradients and counts so far
     */
    Done run(Ops tf, Operand<TInt32> reverse, Operand<TInt32> step, Values before, Values accounts, Values inside) {
        Values arguments = Values.of(STEP, step)
                .and(accounts.prefixed(ACCOUNTS))
                .and(inside.prefixed(INSIDE))
                .and(before.prefixed(BEFORE));
        Values after = Branches.define(tf, "action", arguments.specs(), List.of(this::advanced, this::reversed))
                .run(tf, reverse, arguments);
        return new Done(after.under(ACCOUNTS), after.under(BEFORE));
    }

    private Values advanced(Ops tf, Values values) {
        Values accounts = values.under(ACCOUNTS);
        Values before = values.under(BEFORE);
        StepOutput<T> output = steps.stepper()
                .step(
                        tf,
                        steps.input(
                                tf,
                                values.get(STEP, TInt32.class),
                                before.get(LoopNames.STATE, steps.type()),
                                before.under(LoopNames.MEMORY),
                                values.under(INSIDE)));
        Values end =
                Values.of(LoopNames.STATE, output.next()).and(output.memory().prefixed(LoopNames.MEMORY));
        Values next = Backward.recomputed(tf, accounts, output.counts()).prefixed(ACCOUNTS);
        for (TensorSpec spec : steps.carried()) {
            next = next.with(BEFORE + spec.name(), end.get(spec.name()));
        }
        return next;
    }

    private Values reversed(Ops tf, Values values) {
        Values before = values.under(BEFORE);
        return Backward.reversed(
                        tf,
                        steps,
                        values.get(STEP, TInt32.class),
                        before.get(LoopNames.STATE, steps.type()),
                        before.under(LoopNames.MEMORY),
                        values.under(ACCOUNTS),
                        values.under(INSIDE))
                .prefixed(ACCOUNTS)
                .and(before.prefixed(BEFORE));
    }
}
