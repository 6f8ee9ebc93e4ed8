package dev.odeon.adjoint.backward;

import dev.odeon.adjoint.step.RecordedStages;
import dev.odeon.adjoint.step.RungeKuttaAdjoint;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.forward.KnownLoop;
import dev.odeon.solvers.forward.LinearisationRows;
import dev.odeon.solvers.forward.Storage;
import dev.odeon.solvers.solve.DefinedLoop;
import dev.odeon.solvers.stepper.StepInput;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** What the vector-Jacobian products of all stages need was stored: a round evaluates nothing, and solves for no stage again. */
public final class StoredLinearisations<T extends TFloating> implements StateSource {

    private final TakenSteps<T> steps;
    private final RungeKutta method;
    private final LinearisationRows<T> rows;
    private final int count;

    /** For the steps of a loop and what it stored. */
    public StoredLinearisations(TakenSteps<T> steps, DefinedLoop.Known<T> loop, Storage storage) {
        this.steps = steps;
        this.method = loop.method().stageByStage().orElseThrow();
        this.rows = KnownLoop.linearisations(loop.prepared(), storage);
        this.count = loop.prepared().count();
    }

    @Override
    public List<TensorSpec> invariants() {
        return rows.tables(count);
    }

    @Override
    public Values round(Ops tf, Values carried, Values inside) {
        Operand<TInt32> step = Backward.step(tf, steps, carried, inside);
        Operand<T> lambda = steps.atEnd(tf, step, carried.get(BackwardNames.LAMBDA, steps.type()), inside);
        // Nothing that follows reads the state before the step; that after it has its shape.
        StepInput<T> input = steps.input(tf, step, lambda, Values.empty(), inside);
        List<Values> recorded = new ArrayList<>();
        for (int i = 0; i < method.stages(); i++) {
            recorded.add(rows.of(tf, step, i, inside));
        }
        RecordedStages<T> stages = new RecordedStages<>(rows.field(), method, input, recorded);
        return Backward.after(
                        tf,
                        steps,
                        step,
                        carried,
                        RungeKuttaAdjoint.recorded(tf, steps.problem(), lambda, stages),
                        inside)
                .with(BackwardNames.ROUND, Backward.nextRound(tf, carried));
    }
}
