package dev.odeon.adjoint;

import dev.odeon.adjoint.checkpoints.BinomialSchedule;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.graph.TensorSpec;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.forward.adaptive.Recorded;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat64;

/** From the checkpointing a user asked for to a schedule for the steps of a solve. */
final class Policy {

    private Policy() {}

    /**
     * The schedule of a solve whose number of steps is known.
     *
     * @param perStep what one step needs stored
     * @return null to store all states
     * @throws IllegalArgumentException if the checkpointing is for unknown numbers of steps, or the budget cannot be used
     */
    static @Nullable BinomialSchedule schedule(Checkpointing checkpointing, int steps, List<TensorSpec> perStep) {
        if (steps == 0) {
            return null;
        }
        if (checkpointing instanceof Checkpointing.Revolve revolve) {
            return BinomialSchedule.of(steps, revolve.slots());
        }
        if (checkpointing instanceof Checkpointing.OnlineRevolve online) {
            throw new IllegalArgumentException("OnlineRevolve with " + online.slots()
                    + " slots is for steps chosen during the solve; FixedSteps are known before: take"
                    + " Checkpointing.revolve(" + online.slots() + ")");
        }
        if (checkpointing instanceof Checkpointing.Within within) {
            long rows = rows(within.bytes(), perStep, Math.min(2, steps), "revolve");
            return rows >= steps ? null : BinomialSchedule.of(steps, (int) (rows - 1));
        }
        return null;
    }

    /**
     * What a solve that chooses its steps records.
     *
     * @param method whose stages may be kept
     * @param most how many steps there may be
     * @param state what one step needs stored
     * @throws IllegalArgumentException if the checkpointing needs to know the number of steps, or the budget cannot be used
     */
    static Recorded recorded(Checkpointing checkpointing, Method method, int most, TensorSpec state) {
        if (checkpointing instanceof Checkpointing.OnlineRevolve online) {
            return Recorded.some(online.slots() + 1);
        }
        if (checkpointing instanceof Checkpointing.Revolve revolve) {
            throw new IllegalArgumentException("Revolve with " + revolve.slots()
                    + " slots needs to know the number of steps, which are chosen during the solve: take"
                    + " Checkpointing.onlineRevolve(" + Math.max(2, revolve.slots()) + "), or FixedSteps");
        }
        if (checkpointing instanceof Checkpointing.Within within) {
            // Two slots and the row that is worked on, or a row for every step there may be.
            long rows = rows(within.bytes(), List.of(state), Math.min(3, most), "onlineRevolve");
            return rows >= most ? Recorded.all() : Recorded.some((int) rows);
        }
        return Recorded.allWithStages(stages(checkpointing, method));
    }

    /** How many states of stages are kept with that before a step. */
    static int stages(Checkpointing checkpointing, Method method) {
        return checkpointing instanceof Checkpointing.StoreStages && method instanceof RungeKutta rungeKutta
                ? rungeKutta.computedStages()
                : 0;
    }

    /**
     * How many rows a budget pays for.
     *
     * @param least the fewest that will do, the row that is worked on among them
     * @param instead a policy that needs no shapes
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
}
