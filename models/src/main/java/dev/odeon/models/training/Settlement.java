package dev.odeon.models.training;

import dev.odeon.graph.Floats;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;

/**
 * How joined gradients are used although the iteration that should have used them has failed.
 *
 * @param stored weight of the gradients that wait
 * @param weight of the failed iteration; fed a zero, so that it counts nothing
 * @param good whether the iteration was good; fed, because what counts is
 * @param change of the parameters, without states
 */
record Settlement(Operand<TFloat64> stored, Operand<TFloat64> weight, Operand<TBool> good, Op change) {

    /** Whether there is anything to use. */
    boolean waiting(Session session) {
        try (Result present = session.runner().fetch(stored).run()) {
            return Floats.read(present.get(0))[0] != 0;
        }
    }

    /**
     * Uses it.
     *
     * @param runner with everything fed that the iteration was, and the learning rate
     */
    void run(Session.Runner runner) {
        try (TFloat64 nothing = TFloat64.scalarOf(0);
                TBool counts = TBool.scalarOf(true)) {
            runner.feed(weight, nothing)
                    .feed(good, counts)
                    .addTarget(change)
                    .run()
                    .close();
        }
    }
}
