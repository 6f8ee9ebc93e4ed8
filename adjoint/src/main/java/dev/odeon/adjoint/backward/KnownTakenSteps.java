package dev.odeon.adjoint.backward;

import dev.odeon.adjoint.step.StepAdjoint;
import dev.odeon.adjoint.step.StepGradients;
import dev.odeon.graph.LoopTables;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.forward.DenseRecorder;
import dev.odeon.solvers.forward.KnownLoop;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.solve.DefinedLoop;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.Stepper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Steps whose sizes were known before the solve. */
record KnownTakenSteps<T extends TFloating>(
        Prepared<T> prepared,
        Method method,
        @Nullable DenseRecorder<T> recorder,
        List<TensorSpec> carried,
        List<TensorSpec> kept)
        implements TakenSteps<T> {

    /** Those of a loop. */
    static <T extends TFloating> KnownTakenSteps<T> of(DefinedLoop.Known<T> loop) {
        DenseRecorder<T> recorder = loop.prepared().stepper() instanceof DenseRecorder<T> around ? around : null;
        List<TensorSpec> kept = new ArrayList<>();
        kept.add(loop.carried(LoopNames.KEPT));
        if (recorder != null) {
            recorder.names().forEach(name -> kept.add(loop.carried(name)));
        }
        return new KnownTakenSteps<>(
                loop.prepared(), loop.method(), recorder, KnownLoop.perStep(loop.carried()), List.copyOf(kept));
    }

    @Override
    public Problem<T> problem() {
        return prepared.problem();
    }

    @Override
    public Stepper<T> stepper() {
        return recorder == null ? prepared.stepper() : recorder.recorded();
    }

    /** All that were planned: the way back of a solve that failed before has as many rounds, and gradients that are NaN. */
    @Override
    public Operand<TInt32> count(Ops tf, Values inside) {
        return tf.constant(prepared.count());
    }

    @Override
    public Operand<TInt32> last(Ops tf, Values inside) {
        return tf.constant(prepared.count() - 1);
    }

    @Override
    public Values marked(Ops tf, Values initial, Values results, Values invariants) {
        return FailedSamples.allUnless(tf, KnownLoop.complete(results), initial);
    }

    @Override
    public List<TensorSpec> recorded() {
        return List.of();
    }

    @Override
    public StepInput<T> input(Ops tf, Operand<TInt32> step, Operand<T> state, Values memory, Values inside) {
        return prepared.input(tf, step, state, memory, inside);
    }

    @Override
    public Operand<T> atEnd(Ops tf, Operand<TInt32> step, Operand<T> lambda, Values inside) {
        if (prepared.grid().kept() == 0) {
            return lambda;
        }
        // Steps whose end was not kept read the spare row, whose gradient is zero.
        Operand<TInt32> row = prepared.saveIndex(tf, step, inside);
        return tf.math.add(lambda, LoopTables.row(tf, inside.get(BackwardNames.KEPT_GRADIENT, type()), row));
    }

    @Override
    public Values added(Ops tf, Operand<TInt32> step, String prefix, Values sums, Values gradients, Values inside) {
        Values sum = sums;
        for (String name : gradients.names()) {
            sum = prepared.added(tf, step, prefix, sum, name, gradients.get(name), inside);
        }
        return sum;
    }

    @Override
    public StepAdjoint<T> adjoint(
            Ops tf, Operand<TInt32> step, StepInput<T> input, Operand<T> lambda, Values memoryLambda, Values inside) {
        if (recorder == null) {
            return StepAdjoint.of(tf, prepared.problem(), method, prepared.stepper(), input, lambda, memoryLambda);
        }
        Operand<TInt32> row = tf.math.add(step, tf.constant(recorder.before()));
        List<Operand<T>> ofDense = new ArrayList<>();
        for (String name : recorder.names()) {
            ofDense.add(LoopTables.row(tf, inside.get(BackwardNames.gradientOf(name), type()), row));
        }
        return new StepGradients<>(
                tf, stepper(), input.forDifferentiation(), lambda, memoryLambda, ofDense, Values.empty());
    }
}
