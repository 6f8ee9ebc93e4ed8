package dev.odeon.adjoint.backward;

import dev.odeon.graph.CustomGradients;
import org.tensorflow.op.Ops;

/** The gradient of a backward loop: none, said in a line. */
public final class OnceOnly {

    private OnceOnly() {}

    /** The key of a gradient that is refused. */
    public static String key(Ops tf) {
        return CustomGradients.refuse(
                tf,
                "The gradient of a solve by an adjoint cannot be differentiated again: for second derivatives take"
                        + " Gradient.BACKPROPAGATION");
    }
}
