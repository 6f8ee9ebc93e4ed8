package dev.odeon.graph;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;

/**
 * A tensor of another graph inside a function, as a lambda captures one: what TensorFlow says of it, with the remedy.
 *
 * <p>A field, an event, a jump, the products of an operator and the body of a loop are all built in graphs of their own.
 */
final class ForeignTensor {

    /** Of org.tensorflow.Graph and EagerSession, TensorFlow Java 1.1.0. */
    private static final Pattern SAID =
            Pattern.compile("Input (<?.*?>?) was from an? (?:different graph|eager session).*");

    private ForeignTensor() {}

    /** The exception with the remedy if it is about a tensor of another graph, else itself. */
    static IllegalArgumentException explained(IllegalArgumentException thrown) {
        String said = thrown.getMessage();
        Matcher matcher = said == null ? null : SAID.matcher(said);
        if (matcher == null || !matcher.matches()) {
            return thrown;
        }
        return new IllegalArgumentException(explanation(matcher.group(1)), thrown);
    }

    /**
     * Checks that a function returns tensors of its own.
     *
     * @param tf of the function
     * @throws IllegalArgumentException if one is of another graph
     */
    static void refuse(Ops tf, Values results) {
        for (Operand<?> result : results.operands()) {
            if (result.env() != tf.scope().env()) {
                throw new IllegalArgumentException(explanation(result.op().name()));
            }
        }
    }

    private static String explanation(String tensor) {
        return "The tensor " + tensor
                + " belongs to another graph than the field, event or operator that uses it, which is a function of"
                + " its own: read outer tensors only through theta (or inputs), and add operations only with the tf"
                + " that the function is given";
    }
}
