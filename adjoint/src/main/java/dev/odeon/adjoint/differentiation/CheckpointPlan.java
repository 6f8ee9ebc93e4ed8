package dev.odeon.adjoint.differentiation;

import dev.odeon.adjoint.backward.BinomialSchedule;
import dev.odeon.adjoint.backward.FewStates;
import dev.odeon.adjoint.backward.OnlineStates;
import dev.odeon.adjoint.backward.StateSource;
import dev.odeon.adjoint.backward.StoredLinearisations;
import dev.odeon.adjoint.backward.StoredStages;
import dev.odeon.adjoint.backward.StoredStates;
import dev.odeon.adjoint.backward.TakenSteps;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.graph.TensorSpec;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.forward.Storage;
import dev.odeon.solvers.solve.DefinedLoop;
import dev.odeon.solvers.solve.StepBound;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * What a checkpointing means for one solve.
 *
 * @param storage what the loop stores
 * @param schedule the order of the way back where few states of a known number of steps are stored; else null
 */
record CheckpointPlan(Storage storage, @Nullable BinomialSchedule schedule) {

    /** States that are stored of a number of steps that nobody knows. */
    private static final int FITTING_SLOTS = 100;

    /**
     * The plan of a solve.
     *
     * @param method whose stages may be stored
     * @param bound how many steps there are
     * @param perStep what one step needs stored
     * @throws IllegalArgumentException if the checkpointing does not suit the kind of steps, or the budget cannot be used
     */
    static CheckpointPlan of(Checkpointing checkpointing, Method method, StepBound bound, List<TensorSpec> perStep) {
        boolean known = bound.kind() == StepBound.Kind.KNOWN;
        if (known && bound.most() == 0) {
            return all(0, 0);
        }
        if (checkpointing instanceof Checkpointing.Revolve revolve) {
            requireKnown(known, revolve);
            return placed(bound.most(), revolve.slots());
        }
        if (checkpointing instanceof Checkpointing.OnlineRevolve online) {
            requireChosen(known, online);
            return spread(online.slots() + 1);
        }
        if (checkpointing instanceof Checkpointing.Fitting) {
            boolean fits = known || bound.most() <= DiscreteDifferentiation.MOST_STORED;
            return fits ? all(bound.most(), 0) : spread(FITTING_SLOTS + 1);
        }
        if (checkpointing instanceof Checkpointing.Within within) {
            // A slot and the row that is worked on, or one slot more to be moved along; at most a row for every step.
            int least = Math.min(known ? 2 : 3, bound.most());
            long rows = rows(within.bytes(), perStep, least, known ? "revolve" : "onlineRevolve");
            if (rows >= bound.most()) {
                return all(bound.most(), 0);
            }
            return known ? placed(bound.most(), (int) (rows - 1)) : spread((int) rows);
        }
        if (checkpointing instanceof Checkpointing.StoreLinearisations) {
            int stages = method.stageByStage().map(RungeKutta::stages).orElse(0);
            return new CheckpointPlan(Storage.linearisations(stages), null);
        }
        boolean stages = checkpointing instanceof Checkpointing.StoreStages;
        return all(
                bound.most(),
                stages ? method.stageByStage().map(RungeKutta::computedStages).orElse(0) : 0);
    }

    private static CheckpointPlan all(int steps, int stages) {
        Storage storage = stages > 0 ? Storage.allWithStages(steps, stages) : Storage.all(steps);
        return new CheckpointPlan(storage, null);
    }

    private static CheckpointPlan spread(int rows) {
        return new CheckpointPlan(Storage.spread(rows), null);
    }

    private static CheckpointPlan placed(int steps, int slots) {
        BinomialSchedule schedule = BinomialSchedule.of(steps, slots);
        return new CheckpointPlan(Storage.placed(schedule.slots() + 1, schedule.rowOfStep()), schedule);
    }

    private static void requireKnown(boolean known, Checkpointing.Revolve revolve) {
        if (!known) {
            throw new IllegalArgumentException("Revolve with " + revolve.slots()
                    + " slots needs to know the number of steps, which are chosen during the solve: take"
                    + " Checkpointing.onlineRevolve(" + Math.max(2, revolve.slots()) + "), or FixedSteps");
        }
    }

    private static void requireChosen(boolean known, Checkpointing.OnlineRevolve online) {
        if (known) {
            throw new IllegalArgumentException("OnlineRevolve with " + online.slots()
                    + " slots is for steps chosen during the solve; FixedSteps are known before: take"
                    + " Checkpointing.revolve(" + online.slots() + ")");
        }
    }

    /**
     * How many rows a budget pays for.
     *
     * @param least the fewest that will do, the row that is worked on among them
     * @param instead a checkpointing that needs no shapes
     */
    private static long rows(long budget, List<TensorSpec> perStep, int least, String instead) {
        long bytes = 0;
        for (TensorSpec spec : perStep) {
            Shape shape = spec.shape();
            if (shape.isUnknown() || shape.hasUnknownDimension()) {
                throw new IllegalArgumentException("A budget of " + budget
                        + " bytes cannot be divided among states of shape " + shape
                        + ": give the initial state a known shape, or take Checkpointing." + instead + "(slots)");
            }
            bytes += shape.size() * (spec.type().equals(TFloat64.class) ? 8 : 4);
        }
        if (budget < least * bytes) {
            throw new IllegalArgumentException("A budget of " + budget + " bytes does not hold " + least
                    + (least == 1 ? " state of " : " states of ") + bytes + " bytes: give at least " + least * bytes);
        }
        return bytes == 0 ? Long.MAX_VALUE : budget / bytes;
    }

    /** How the way back gets at the states. */
    <T extends TFloating> StateSource recall(TakenSteps<T> steps, DefinedLoop<T> loop) {
        if (storage.inside() == Storage.Inside.LINEARISATIONS && loop instanceof DefinedLoop.Known<T> known) {
            return new StoredLinearisations<>(steps, known, storage);
        }
        if (storage.inside() == Storage.Inside.STAGES) {
            return new StoredStages<>(steps, loop.method().stageByStage().orElseThrow(), loop.carried());
        }
        if (schedule != null) {
            return new FewStates<>(steps, schedule, loop.carried());
        }
        return storage.states() == Storage.States.SPREAD
                ? new OnlineStates<>(steps, loop.carried())
                : new StoredStates<>(steps, loop.carried());
    }
}
