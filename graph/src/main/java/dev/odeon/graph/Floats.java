package dev.odeon.graph;

import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** Java doubles to constants and tensors of either element type, and back. */
public final class Floats {

    private Floats() {}

    /** A scalar constant of an element type. */
    public static <T extends TFloating> Operand<T> scalar(Ops tf, Class<T> type, double value) {
        return constant(tf, type, Shape.scalar(), value);
    }

    /**
     * A tensor that is NaN where a condition holds; no gradient flows there.
     *
     * @param condition of a shape that is broadcast to that of the tensor, such as a scalar or a column
     */
    public static <T extends TFloating> Operand<T> nanIf(Ops tf, Operand<TBool> condition, Operand<T> value) {
        return tf.select(condition, scalar(tf, value.type(), Double.NaN), value);
    }

    /**
     * A constant of an element type and shape.
     *
     * @param values row by row; rounded to the element type
     */
    @SuppressWarnings("unchecked") // each branch has checked the element type
    public static <T extends TFloating> Operand<T> constant(Ops tf, Class<T> type, Shape shape, double... values) {
        requireCount(shape, values.length);
        if (type.equals(TFloat64.class)) {
            return (Operand<T>) tf.constant(shape, DataBuffers.of(values));
        }
        if (type.equals(TFloat32.class)) {
            return (Operand<T>) tf.constant(shape, DataBuffers.of(narrowed(values)));
        }
        throw unsupported(type);
    }

    /**
     * A tensor of an element type and shape; the caller closes it.
     *
     * @param values row by row; rounded to the element type
     */
    @SuppressWarnings("unchecked") // each branch has checked the element type
    public static <T extends TFloating> T tensor(Class<T> type, Shape shape, double... values) {
        requireCount(shape, values.length);
        if (type.equals(TFloat64.class)) {
            return (T) TFloat64.tensorOf(shape, DataBuffers.of(values));
        }
        if (type.equals(TFloat32.class)) {
            return (T) TFloat32.tensorOf(shape, DataBuffers.of(narrowed(values)));
        }
        throw unsupported(type);
    }

    /** The elements of a floating-point tensor, row by row. */
    public static double[] read(Tensor tensor) {
        int count = Math.toIntExact(tensor.shape().size());
        if (tensor instanceof TFloat64 doubles) {
            double[] values = new double[count];
            doubles.copyTo(DataBuffers.of(values));
            return values;
        }
        if (tensor instanceof TFloat32 floats) {
            float[] narrow = new float[count];
            FloatNdArray array = floats;
            array.copyTo(DataBuffers.of(narrow));
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = narrow[i];
            }
            return values;
        }
        throw new IllegalArgumentException(
                "Cannot read a tensor of " + tensor.dataType() + " as doubles: fetch a float32 or float64 tensor");
    }

    /** The spacing of the element type's numbers near one. */
    public static double epsilon(Class<? extends TFloating> type) {
        return type.equals(TFloat32.class) ? Math.ulp(1.0f) : Math.ulp(1.0);
    }

    private static float[] narrowed(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    private static void requireCount(Shape shape, int count) {
        if (shape.size() != count) {
            throw new IllegalArgumentException(
                    count + " numbers do not fill the shape " + shape + ": pass " + shape.size());
        }
    }

    private static IllegalArgumentException unsupported(Class<?> type) {
        return new IllegalArgumentException(
                "Odeon computes in TFloat32 or TFloat64, not in " + type.getSimpleName() + ": choose one of these");
    }
}
