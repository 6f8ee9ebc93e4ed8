package dev.odeon.models.training;

import java.util.Map;
import org.tensorflow.Tensor;

/**
 * What one training iteration is given.
 *
 * @param tensors for each of its inputs, by name
 * @param rate at which it changes the parameters
 * @param use of its gradients
 * @param rows of its batch, of which
 * @param counting so many count; both zero where nothing is known of them
 */
record Fed(Map<String, ? extends Tensor> tensors, double rate, Use use, int rows, int counting) {

    /** What becomes of the gradients of an iteration. */
    enum Use {
        /** They change the parameters, together with those that were added before. */
        CHANGE,
        /** They are added to those before, for a later iteration that changes the parameters. */
        ADD
    }
}
