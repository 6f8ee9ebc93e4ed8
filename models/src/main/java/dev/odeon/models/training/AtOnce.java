package dev.odeon.models.training;

import dev.odeon.graph.Compilation;

/**
 * How many iterations are one run of the graph.
 *
 * <p>Several at once are a loop in the graph, which carries parameters, moments and all else that training changes; order of
 * the batches, inputs and learning rates are fed for all of them, and what they tell comes back as one table. That saves what
 * a run costs besides its operations, and pays where these are small, above all under XLA. The numbers are those of single
 * iterations to rounding, and do not depend on how many there are at once, so that a resumed run repeats an uninterrupted one
 * to the bit. A run ends with the epoch, after an iteration that failed, and after about a second, so that it can be
 * interrupted.
 */
public sealed interface AtOnce {

    /** Every iteration is a run of its own. */
    AtOnce SINGLE = new AtMost(1);

    /** Several where XLA compiles the training; the executor gains nothing by a loop. */
    AtOnce AUTO = new Automatic(Automatic.ENOUGH);

    /** At most so many, for either compilation. */
    static AtOnce atMost(int iterations) {
        return new AtMost(iterations);
    }

    /**
     * At most how many iterations are one run under a compilation.
     *
     * @param compilation decided: executor or XLA
     */
    int iterations(Compilation compilation);

    /** The same with never more than so many. */
    AtOnce within(int iterations);

    /**
     * A number.
     *
     * @param most iterations in one run, one or more
     */
    record AtMost(int most) implements AtOnce {

        public AtMost {
            if (most < 1) {
                throw new IllegalArgumentException(most + " iterations are to be run at once: give 1 or more");
            }
        }

        @Override
        public int iterations(Compilation compilation) {
            return most;
        }

        @Override
        public AtOnce within(int iterations) {
            return new AtMost(Math.min(most, iterations));
        }
    }

    /**
     * Chosen by the compilation.
     *
     * @param most iterations in one run where XLA compiles it
     */
    record Automatic(int most) implements AtOnce {

        /** Of which the costs of a run are shared so well that more would bring nothing. */
        private static final int ENOUGH = 100;

        @Override
        public int iterations(Compilation compilation) {
            return compilation == Compilation.XLA ? most : 1;
        }

        @Override
        public AtOnce within(int iterations) {
            return new Automatic(Math.min(most, iterations));
        }
    }
}
