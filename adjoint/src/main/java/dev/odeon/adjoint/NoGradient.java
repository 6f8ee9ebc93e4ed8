package dev.odeon.adjoint;

import dev.odeon.graph.CustomGradients;
import org.tensorflow.op.Ops;

/** No gradient: nothing is stored, and a loss of the solution cannot be differentiated. */
public record NoGradient() implements Gradient {
    @Override
    public String label() {
        return "none";
    }

    /** The key of a loop whose gradient is refused. */
    static String refusal(Ops tf) {
        return CustomGradients.refuse(
                tf, "A solve with Gradient.NONE cannot be differentiated: take Gradient.DISCRETE_ADJOINT");
    }
}
