package dev.odeon.adjoint.backward;

import dev.odeon.graph.LoopTables;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.LoopNames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** The states before all steps were stored: a round looks one up. */
public final class StoredStates<T extends TFloating> implements StateSource {

    private final TakenSteps<T> steps;
    private final List<TensorSpec> rows;

    /** From the specifications of what the forward loop carries. */
    public StoredStates(TakenSteps<T> steps, List<TensorSpec> carriedForward) {
        this.steps = steps;
        this.rows = rows(steps, carriedForward);
    }

    /** The specifications of the rows in which the forward loop stores what it carries from step to step. */
    static List<TensorSpec> rows(TakenSteps<?> steps, List<TensorSpec> carriedForward) {
        List<TensorSpec> rows = new ArrayList<>();
        for (TensorSpec spec : steps.carried()) {
            String name = LoopNames.storedRows(spec.name());
            carriedForward.stream().filter(each -> each.name().equals(name)).forEach(rows::add);
        }
        return rows;
    }

    @Override
    public List<TensorSpec> invariants() {
        return rows;
    }

    @Override
    public Values round(Ops tf, Values carried, Values inside) {
        Operand<TInt32> step = Backward.step(tf, steps, carried, inside);
        Values before = row(steps, inside, rows -> LoopTables.row(tf, rows, step));
        return Backward.reversed(
                        tf,
                        steps,
                        step,
                        before.get(LoopNames.STATE, steps.type()),
                        before.under(LoopNames.MEMORY),
                        carried,
                        inside)
                .with(BackwardNames.ROUND, Backward.nextRound(tf, carried));
    }

    /** What the forward loop carried from step to step, from one row of tables that rounds write: a copy. */
    static <T extends TFloating> Values copied(Ops tf, TakenSteps<T> steps, Operand<TInt32> row, Values stored) {
        return row(steps, stored, rows -> LoopTables.copied(tf, rows, row));
    }

    private static <T extends TFloating> Values row(TakenSteps<T> steps, Values stored, UnaryOperator<Operand<T>> row) {
        Values found = Values.empty();
        for (TensorSpec spec : steps.carried()) {
            Operand<T> rows = stored.get(LoopNames.storedRows(spec.name()), steps.type());
            found = found.with(spec.name(), row.apply(rows));
        }
        return found;
    }

    /** Carried values with one row of the stored states replaced. */
    static <T extends TFloating> Values withRow(
            Ops tf, TakenSteps<T> steps, Operand<TInt32> row, Values state, Values carried) {
        Values written = carried;
        for (TensorSpec spec : steps.carried()) {
            String name = LoopNames.storedRows(spec.name());
            Operand<T> rows = carried.get(name, steps.type());
            written = written.with(name, LoopTables.written(tf, rows, row, state.get(spec.name(), steps.type())));
        }
        return written;
    }
}
