package dev.odeon.adjoint.backward;

import dev.odeon.adjoint.step.RungeKuttaAdjoint;
import dev.odeon.graph.LoopTables;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.stepper.StepInput;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** The states before all steps and the stages of all steps were stored: a round solves for no stage again. */
public final class StoredStages<T extends TFloating> implements StateSource {

    private final TakenSteps<T> steps;
    private final RungeKutta method;
    private final List<TensorSpec> rows;

    /** From the specifications of what the forward loop carries. */
    public StoredStages(TakenSteps<T> steps, RungeKutta method, List<TensorSpec> carriedForward) {
        this.steps = steps;
        this.method = method;
        List<TensorSpec> read = new ArrayList<>(StoredStates.rows(steps, carriedForward));
        carriedForward.stream()
                .filter(spec -> spec.name().equals(LoopNames.STORED_STAGES))
                .forEach(read::add);
        this.rows = List.copyOf(read);
    }

    @Override
    public List<TensorSpec> invariants() {
        return rows;
    }

    @Override
    public Values round(Ops tf, Values carried, Values inside) {
        Class<T> type = steps.type();
        Operand<TInt32> step = Backward.step(tf, steps, carried, inside);
        Operand<T> state = LoopTables.row(tf, inside.get(LoopNames.storedRows(LoopNames.STATE), type), step);
        Operand<T> stacked = LoopTables.row(tf, inside.get(LoopNames.STORED_STAGES, type), step);
        List<Operand<T>> stages =
                tf.unstack(stacked, (long) method.computedStages(), Unstack.axis(0L)).output().stream()
                        .map(stage -> (Operand<T>) stage)
                        .toList();
        StepInput<T> input = steps.input(tf, step, tf.stopGradient(state), Values.empty(), inside);
        Operand<T> lambda = steps.atEnd(tf, step, carried.get(BackwardNames.LAMBDA, type), inside);
        return Backward.after(
                        tf,
                        steps,
                        step,
                        carried,
                        RungeKuttaAdjoint.recalling(tf, steps.problem(), method, input, lambda, stages),
                        inside)
                .with(BackwardNames.ROUND, Backward.nextRound(tf, carried));
    }
}
