package dev.odeon.models.training;

import dev.odeon.models.training.runs.Iteration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;

/** The training iterations of a graph: each a run of its own, or several in one run. */
sealed interface Iterations permits SingleIteration, IterationLoop {

    /** How many are one run at most. */
    int most();

    /** What a run carries out, without what it computes before. */
    List<Op> carriedOut();

    /**
     * Runs some iterations; one that fails changes nothing, and is the last.
     *
     * @param fed for each of them
     * @return what they told, in order
     */
    List<Iteration> train(Session session, List<Fed> fed);

    /**
     * Changes the parameters by the gradients that were added before, where there are any.
     *
     * @param fed what the iteration was that should have done so and failed
     */
    void settle(Session session, Map<String, ? extends Tensor> fed, double rate);

    /** Who joins gradients, or settles them, must say so in the settings. */
    static IllegalStateException notJoined() {
        return new IllegalStateException("the gradients of single iterations are used as they are");
    }

    /** Has a run of one iteration carried out by somebody else. */
    <R> R running(Session session, Fed fed, Function<Session.Runner, R> carriedOut);
}
