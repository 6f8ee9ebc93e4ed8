package dev.odeon.models.training.runs;

import dev.odeon.solvers.Outcome;

/** How a run ended. */
public sealed interface Ending {

    /** SUCCESS, or why it failed. */
    default Outcome outcome() {
        return Outcome.SUCCESS;
    }

    /** Where, in a few words. */
    String where();

    /** After its last epoch. */
    record Finished() implements Ending {
        @Override
        public String where() {
            return "after the last epoch";
        }
    }

    /**
     * By its {@link StopRule}.
     *
     * @param epoch after which it stopped
     */
    record Stopped(int epoch) implements Ending {
        @Override
        public String where() {
            return "after epoch " + epoch;
        }
    }

    /**
     * By an {@link Interruption}: a resumed run goes on here.
     *
     * @param epoch that comes next or is in progress, from one
     * @param iterations of it that are done
     */
    record Interrupted(int epoch, int iterations) implements Ending {
        @Override
        public String where() {
            return iterations == 0 ? "before epoch " + epoch : "in epoch " + epoch + ", after iteration " + iterations;
        }
    }

    /**
     * In an iteration that failed; the parameters are those of the last good one.
     *
     * @param epoch in which it failed, from one
     * @param batch from zero
     * @param outcome of the solve, or NON_FINITE for a loss or a gradient that is not finite
     */
    record FailedIteration(int epoch, int batch, Outcome outcome) implements Ending {
        @Override
        public String where() {
            return "in epoch " + epoch + ", iteration " + (batch + 1);
        }
    }

    /**
     * In the validation after an epoch.
     *
     * @param epoch from one
     * @param outcome of the solve, or NON_FINITE for a loss that is not finite
     */
    record FailedValidation(int epoch, Outcome outcome) implements Ending {
        @Override
        public String where() {
            return "in epoch " + epoch + ", by its validation";
        }
    }
}
