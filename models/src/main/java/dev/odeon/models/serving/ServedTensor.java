package dev.odeon.models.serving;

import dev.odeon.graph.TensorSpec;
import java.util.Objects;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * A tensor that a served function is given, and what it means.
 *
 * @param spec name, element type and shape
 * @param meaning a sentence without a full stop: what the axes are, and the unit
 */
public record ServedTensor(TensorSpec spec, String meaning) {

    public ServedTensor {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(meaning, "meaning");
    }

    /** An input of batches of any size: floating-point numbers, or others through which no gradient flows. */
    public static ServedTensor rows(String name, Class<? extends TType> type, String meaning, long... row) {
        return whole(name, type, meaning, Shape.of(row).prepend(Shape.UNKNOWN_SIZE));
    }

    /** An input of a fixed shape. */
    public static ServedTensor whole(String name, Class<? extends TType> type, String meaning, Shape shape) {
        return new ServedTensor(new TensorSpec(name, type, shape, TFloating.class.isAssignableFrom(type)), meaning);
    }

    /** The same as data, by which the loss is not differentiated. */
    public ServedTensor data() {
        return new ServedTensor(new TensorSpec(spec.name(), spec.type(), spec.shape(), false), meaning);
    }
}
