package dev.odeon.models.serving;

import dev.odeon.adjoint.DiscreteAdjoint;
import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.export.ExportedFunction;
import java.util.List;
import java.util.Objects;
import org.tensorflow.ndarray.Shape;

/**
 * The loss of a served model, whose gradient is exported on request.
 *
 * @param targets what it is given besides the inputs of {@code predict}
 * @param meaning a sentence without a full stop
 * @param rows of a batch, where only one number of them goes; {@link Shape#UNKNOWN_SIZE} for any
 * @param body adds the loss, a scalar called {@link #LOSS}, and {@link ServedModel#OUTCOME}; its solves have gradients
 */
public record ServedLoss(List<ServedTensor> targets, String meaning, long rows, ExportedFunction.Body body) {

    /** The name of the loss among the outputs. */
    public static final String LOSS = "loss";

    public ServedLoss {
        targets = List.copyOf(targets);
        Objects.requireNonNull(meaning, "meaning");
        Objects.requireNonNull(body, "body");
        if (rows < 1 && rows != Shape.UNKNOWN_SIZE) {
            throw new IllegalArgumentException("rows = " + rows + ": give a positive number, or Shape.UNKNOWN_SIZE");
        }
    }

    /**
     * How many rows a gradient takes: any number, but that of the training where its memory is a budget, which is divided
     * among states of a known size.
     *
     * @param trained rows of a batch in training
     */
    public static long rows(Gradient gradient, long trained) {
        return gradient instanceof DiscreteAdjoint adjoint && adjoint.checkpointing() instanceof Checkpointing.Within
                ? trained
                : Shape.UNKNOWN_SIZE;
    }

    /** The spec of an input for this number of rows. */
    TensorSpec fixed(TensorSpec input) {
        long[] extents = input.shape().asArray();
        if (rows == Shape.UNKNOWN_SIZE || extents.length == 0 || extents[0] != Shape.UNKNOWN_SIZE) {
            return input;
        }
        extents[0] = rows;
        return new TensorSpec(input.name(), input.type(), Shape.of(extents), input.differentiable());
    }
}
