package dev.odeon.datasets.arrow;

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

    ArrowType arrowType() {
        return switch (this) {
            case INT32 -> new ArrowType.Int(Integer.SIZE, true);
            case INT64 -> new ArrowType.Int(Long.SIZE, true);
            case FLOAT32 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case FLOAT64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
        };
    }

    /** {@return a new tensor of this type, whose numbers are yet to be written} */
    TType tensor(Shape shape) {
        return switch (this) {
            case INT32 -> TInt32.tensorOf(shape);
            case INT64 -> TInt64.tensorOf(shape);
            case FLOAT32 -> TFloat32.tensorOf(shape);
            case FLOAT64 -> TFloat64.tensorOf(shape);
        };
    }

    static @Nullable ElementType of(TType tensor) {
        if (tensor instanceof TFloat64) {
            return FLOAT64;
        }
        if (tensor instanceof TFloat32) {
            return FLOAT32;
        }
        if (tensor instanceof TInt64) {
            return INT64;
        }
        return tensor instanceof TInt32 ? INT32 : null;
    }

    static @Nullable ElementType of(ArrowType type) {
        for (ElementType candidate : values()) {
            if (candidate.arrowType().equals(type)) {
                return candidate;
            }
        }
        return null;
    }
}
