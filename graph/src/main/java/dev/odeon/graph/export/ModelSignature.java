package dev.odeon.graph.export;

import dev.odeon.graph.TensorSpec;
import java.util.List;
import java.util.Optional;

/**
 * What a function of a model is given and what it returns.
 *
 * @param name of the signature
 * @param inputs in the order of the export
 * @param outputs in the order of the export
 */
public record ModelSignature(String name, List<TensorSpec> inputs, List<TensorSpec> outputs) {

    public ModelSignature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The input of a name. */
    public Optional<TensorSpec> input(String wanted) {
        return inputs.stream().filter(input -> input.name().equals(wanted)).findFirst();
    }

    /** The output of a name. */
    public Optional<TensorSpec> output(String wanted) {
        return outputs.stream().filter(output -> output.name().equals(wanted)).findFirst();
    }

    /** Type and shape of a tensor in words: {@code float64 [?, 64]}, a question mark for a dimension of any size. */
    public static String words(TensorSpec spec) {
        return TensorProtos.words(spec);
    }
}
