package dev.odeon.graph;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TType;

/**
 * Name, element type and static shape of a tensor that enters or leaves a graph function.
 *
 * @param name unique among the tensors it travels with
 * @param type element type
 * @param shape static shape, unknown dimensions allowed
 * @param differentiable whether a gradient may flow into the tensor; never true for integers
 */
public record TensorSpec(String name, Class<? extends TType> type, Shape shape, boolean differentiable) {

    public TensorSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(shape, "shape");
    }

    /** Shapes with the same unknown dimensions are equal here, as functions for one take the tensors of the other. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TensorSpec spec
                && name.equals(spec.name)
                && type.equals(spec.type)
                && differentiable == spec.differentiable
                && Arrays.equals(shape.asArray(), spec.shape.asArray());
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, Arrays.hashCode(shape.asArray()), differentiable);
    }

    /** The same under another name. */
    public TensorSpec named(String other) {
        return new TensorSpec(other, type, shape, differentiable);
    }

    /** A placeholder of this type and shape in the graph of {@code tf}. */
    Operand<?> placeholder(Ops tf) {
        return tf.placeholder(type, Placeholder.shape(shape));
    }
}
