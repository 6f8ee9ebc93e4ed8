package dev.odeon.graph.linearisation;

import org.tensorflow.Output;

/**
 * A tensor of a graph that may be closed.
 *
 * @param node name of the operation
 * @param index of its output
 */
record TensorName(String node, int index) {

    /** That of a tensor. */
    static TensorName of(Output<?> output) {
        return new TensorName(output.op().name(), output.index());
    }

    /** As a node definition names its inputs: {@code node:index}, without the index for the first output. */
    static TensorName read(String input) {
        int colon = input.lastIndexOf(':');
        return colon < 0
                ? new TensorName(input, 0)
                : new TensorName(input.substring(0, colon), Integer.parseInt(input.substring(colon + 1)));
    }
}
