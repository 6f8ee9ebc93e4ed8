package dev.odeon.datasets.arrow.types;

import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/** The number types that move between Arrow and TensorFlow without a conversion. */
public enum ElementType {
    /** 32-bit signed integers, TInt32. */
    INT32(Integer.BYTES),
    /** 64-bit signed integers, TInt64. */
    INT64(Long.BYTES),
    /** 32-bit floating-point numbers, TFloat32. */
    FLOAT32(Float.BYTES),
    /** 64-bit floating-point numbers, TFloat64. */
    FLOAT64(Double.BYTES);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** {@return the size of one number in bytes} */
    public int bytes() {
        return bytes;
    }

    /** {@return the type in a schema} */
    public ArrowType arrowType() {
        return switch (this) {
            case INT32 -> new ArrowType.Int(Integer.SIZE, true);
            case INT64 -> new ArrowType.Int(Long.SIZE, true);
            case FLOAT32 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case FLOAT64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
        };
    }

    /** {@return a new tensor of this type, whose numbers are yet to be written} */
    public TType tensor(Shape shape) {
        return switch (this) {
            case INT32 -> TInt32.tensorOf(shape);
            case INT64 -> TInt64.tensorOf(shape);
            case FLOAT32 -> TFloat32.tensorOf(shape);
            case FLOAT64 -> TFloat64.tensorOf(shape);
        };
    }

    /**
     * The type that a class of tensors stands for.
     *
     * @param tensor one of TInt32, TInt64, TFloat32, TFloat64
     * @return the type
     * @throws IllegalArgumentException if it is another class
     */
    public static ElementType of(Class<? extends TType> tensor) {
        for (ElementType candidate : values()) {
            if (candidate.tensorClass() == tensor) {
                return candidate;
            }
        }
        throw new IllegalArgumentException(
                "type = " + tensor.getSimpleName() + ": give TInt32, TInt64, TFloat32 or TFloat64");
    }

    private Class<? extends TType> tensorClass() {
        return switch (this) {
            case INT32 -> TInt32.class;
            case INT64 -> TInt64.class;
            case FLOAT32 -> TFloat32.class;
            case FLOAT64 -> TFloat64.class;
        };
    }

    /** {@return the type of a tensor's numbers, or null if it is none of these} */
    public static @Nullable ElementType of(TType tensor) {
        for (ElementType candidate : values()) {
            if (candidate.tensorClass().isInstance(tensor)) {
                return candidate;
            }
        }
        return null;
    }

    /** {@return the type of a field's numbers, or null if it is none of these} */
    public static @Nullable ElementType of(ArrowType type) {
        for (ElementType candidate : values()) {
            if (candidate.arrowType().equals(type)) {
                return candidate;
            }
        }
        return null;
    }
}
