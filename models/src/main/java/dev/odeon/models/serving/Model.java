package dev.odeon.models.serving;

import dev.odeon.graph.Floats;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.export.LoadedModel;
import dev.odeon.graph.export.ModelSignature;
import dev.odeon.graph.export.Outputs;
import dev.odeon.solvers.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** A trained model in this process; owns graph and session: close it. It may be called from several threads at once. */
public final class Model implements AutoCloseable {

    private final LoadedModel loaded;

    Model(LoadedModel loaded) {
        this.loaded = loaded;
    }

    /** What {@code predict} is given and what it returns. */
    public ModelSignature signature() {
        return loaded.signature(ServedModel.PREDICT);
    }

    /** All functions of the model. */
    public List<ModelSignature> signatures() {
        return loaded.signatures();
    }

    /**
     * Predicts.
     *
     * @param inputs a tensor for each input of {@link #signature}, which stay the caller's
     * @return all outputs, to be closed by the caller; where the model solves, {@link ServedModel#OUTCOME} tells how that
     *     went, and what did not succeed may be NaN
     * @throws IllegalArgumentException if an input is missing or unknown, or has another type or shape
     */
    public Outputs predict(Map<String, ? extends Tensor> inputs) {
        return loaded.call(ServedModel.PREDICT, inputs);
    }

    /** The same of any function of the model, such as {@code gradient}. */
    public Outputs call(String function, Map<String, ? extends Tensor> inputs) {
        return loaded.call(function, inputs);
    }

    /**
     * Predicts by a model of one floating-point input, rows in and rows out.
     *
     * @param rows a row for each sample, its numbers one after another, the last axis running fastest
     * @return a row for each sample of the first output
     * @throws IllegalArgumentException if the model has several inputs or the rows have another width
     * @throws IllegalStateException if the solve fails; the message says what to try
     */
    public double[][] predict(double[][] rows) {
        List<TensorSpec> inputs = signature().inputs();
        TensorSpec input = inputs.get(0);
        if (inputs.size() != 1 || !TFloating.class.isAssignableFrom(input.type())) {
            throw new IllegalArgumentException("The model takes "
                    + inputs.stream()
                            .map(each -> each.name() + " " + ModelSignature.words(each))
                            .toList()
                    + ", not one input of floating-point numbers: give predict a map of tensors");
        }
        long[] extents = input.shape().asArray();
        long width = Arrays.stream(extents).skip(1).reduce(1, Math::multiplyExact);
        for (double[] row : rows) {
            if (row.length != width) {
                throw new IllegalArgumentException("A row has " + row.length + " numbers: give " + width + ", as "
                        + input.name() + " is " + ModelSignature.words(input));
            }
        }
        extents[0] = rows.length;
        double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        Class<? extends TFloating> type = input.type().equals(TFloat32.class) ? TFloat32.class : TFloat64.class;
        try (Tensor fed = Floats.tensor(type, Shape.of(extents), flat);
                Outputs outputs = predict(Map.of(input.name(), fed))) {
            requireSuccess(outputs);
            double[] values = outputs.doubles(signature().outputs().get(0).name());
            double[][] predicted = new double[rows.length][];
            int wide = rows.length == 0 ? 0 : values.length / rows.length;
            Arrays.setAll(predicted, i -> Arrays.copyOfRange(values, i * wide, (i + 1) * wide));
            return predicted;
        }
    }

    /**
     * Refuses outputs of a solve that failed.
     *
     * @throws IllegalStateException if it did; the message says what to try
     */
    public static void requireSuccess(Outputs outputs) {
        if (outputs.names().contains(ServedModel.OUTCOME)) {
            Outcome outcome = Outcome.of(outputs.tensor(ServedModel.OUTCOME));
            if (!outcome.successful()) {
                throw new IllegalStateException("The prediction ended with " + outcome + ": " + outcome.advice());
            }
        }
    }

    @Override
    public void close() {
        loaded.close();
    }
}
