package dev.odeon.graph.export;

import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.tensorflow.op.Ops;

/**
 * A function that is exported under a name: what it is given by name, and what it computes.
 *
 * @param name of its signature, such as {@code predict}
 * @param inputs name, element type and shape of each; an unknown first dimension takes batches of any size
 * @param body what it computes
 */
public record ExportedFunction(String name, List<TensorSpec> inputs, Body body) {

    /** Builds the inside of a function of inputs and parameters. */
    @FunctionalInterface
    public interface Body {
        /**
         * Adds the operations of the function; gradients may be taken inside.
         *
         * @param tf the graph of the export; tensors of any other graph cannot be used here
         * @param inputs by name
         * @param parameters by name
         * @return the outputs by name
         */
        Values apply(Ops tf, Values inputs, Values parameters);
    }

    /** What Python takes as the name of an argument, and Java as part of a function's name. */
    private static final String NAME = "[A-Za-z][A-Za-z0-9_]*";

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException if a name is none that every language takes, or occurs twice
     */
    public ExportedFunction {
        Objects.requireNonNull(body, "body");
        inputs = List.copyOf(inputs);
        require("function", name);
        Set<String> met = new HashSet<>();
        for (TensorSpec input : inputs) {
            require("input of " + name, input.name());
            if (!met.add(input.name())) {
                throw new IllegalArgumentException(
                        "Two inputs of " + name + " are called '" + input.name() + "': name one otherwise");
            }
        }
    }

    private static void require(String what, String name) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "A " + what + " is called '" + name
                            + "': begin with a letter and use letters, digits and underscores, so that every language can name it");
        }
    }
}
