package dev.odeon.adjoint.differentiation;

import dev.odeon.adjoint.backward.BackwardLoop;
import dev.odeon.adjoint.backward.BackwardNames;
import dev.odeon.adjoint.backward.StateSource;
import dev.odeon.adjoint.backward.StoredStates;
import dev.odeon.adjoint.backward.TakenSteps;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.Storage;
import dev.odeon.solvers.solve.Differentiation;
import dev.odeon.solvers.solve.GradientPlan;
import dev.odeon.solvers.solve.SolveSettings;
import dev.odeon.solvers.solve.StepBound;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The steps are gone back over one by one, and the gradient is clipped after each.
 *
 * @param label of the gradient in messages
 * @param bound of every number
 */
public record ClippedDifferentiation(String label, double bound) implements Differentiation {

    @Override
    public <T extends TFloating> void require(Ops tf, SolveSettings<T> settings) {
        new DiscreteDifferentiation(label, Checkpointing.storeAll()).require(tf, settings);
    }

    @Override
    public Optional<Differentiation> ofFirstSteps() {
        return Optional.of(this);
    }

    @Override
    public <T extends TFloating> GradientPlan<T> plan(
            Ops tf, SolveSettings<T> settings, StepBound steps, List<TensorSpec> perStep) {
        return new GradientPlan<>(Storage.all(steps.most()), (inner, loop, nodes) -> {
            TakenSteps<T> taken = TakenSteps.of(loop);
            StateSource states = new StoredStates<>(taken, loop.carried());
            return BackwardLoop.define(inner, taken, new Clipped<>(states, taken.type(), bound), loop)
                    .key(inner, nodes);
        });
    }

    /** The rounds of stored states, each followed by the clipping. */
    private record Clipped<T extends TFloating>(StateSource stored, Class<T> type, double bound)
            implements StateSource {

        @Override
        public List<TensorSpec> invariants() {
            return stored.invariants();
        }

        @Override
        public Values round(Ops tf, Values carried, Values inside) {
            Values after = stored.round(tf, carried, inside);
            Operand<T> lambda = after.get(BackwardNames.LAMBDA, type);
            return after.with(
                    BackwardNames.LAMBDA,
                    tf.clipByValue(lambda, Floats.scalar(tf, type, -bound), Floats.scalar(tf, type, bound)));
        }
    }
}
