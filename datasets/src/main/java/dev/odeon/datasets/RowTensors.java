package dev.odeon.datasets;

import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * Writes numbers row by row into the memory of new tensors.
 *
 * <p>No Java object is made per value and no second copy of the whole: one row is in Java's memory at a time.
 */
public final class RowTensors {
    private RowTensors() {}

    /** Gives the rows of a tensor. */
    @FunctionalInterface
    public interface Source {
        /**
         * Copies one row.
         *
         * @param row its index
         * @param target receives all its numbers
         */
        void copy(int row, double[] target);
    }

    /**
     * Makes a float64 tensor.
     *
     * @param shape the shape, the first extent being the number of rows
     * @param source gives the rows
     * @return the tensor, to be closed by the caller
     */
    public static TFloat64 float64(Shape shape, Source source) {
        double[] row = row(shape);
        return TFloat64.tensorOf(shape, tensor -> {
            var memory = tensor.asRawTensor().data().asDoubles();
            for (int i = 0; i < shape.get(0); i++) {
                source.copy(i, row);
                memory.offset((long) i * row.length).write(row);
            }
        });
    }

    /**
     * Makes a float32 tensor; the numbers are rounded.
     *
     * @param shape the shape, the first extent being the number of rows
     * @param source gives the rows
     * @return the tensor, to be closed by the caller
     */
    public static TFloat32 float32(Shape shape, Source source) {
        double[] row = row(shape);
        float[] rounded = new float[row.length];
        return TFloat32.tensorOf(shape, tensor -> {
            var memory = tensor.asRawTensor().data().asFloats();
            for (int i = 0; i < shape.get(0); i++) {
                source.copy(i, row);
                for (int k = 0; k < row.length; k++) {
                    rounded[k] = (float) row[k];
                }
                memory.offset((long) i * row.length).write(rounded);
            }
        });
    }

    private static double[] row(Shape shape) {
        long length = 1;
        for (int i = 1; i < shape.numDimensions(); i++) {
            length = Math.multiplyExact(length, shape.get(i));
        }
        return new double[Math.toIntExact(length)];
    }
}
