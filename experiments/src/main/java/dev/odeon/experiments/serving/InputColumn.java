package dev.odeon.experiments.serving;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.ArrowColumn;
import dev.odeon.datasets.arrow.ArrowTable;
import dev.odeon.datasets.arrow.types.ElementType;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.export.ModelSignature;
import java.nio.file.Path;
import java.util.Arrays;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * A column of a file as an input of a model.
 *
 * @param file named in messages
 * @param column of the file
 * @param spec of the input
 */
record InputColumn(Path file, ArrowColumn column, TensorSpec spec) {

    private static final String REMEDY = "write the file with the model's columns, as its model card says";
    private static final int WHITE = 255;

    /**
     * The column of an input.
     *
     * @throws DataException if it is missing, or of another type or width
     */
    static InputColumn of(ArrowTable table, TensorSpec spec) {
        String words = "a column '" + spec.name() + "' of " + description(spec);
        if (!table.has(spec.name())) {
            throw DataException.of(
                    table.path(), "has no column '" + spec.name() + "' but " + table.columns(), words, REMEDY);
        }
        ArrowColumn column = table.column(spec.name());
        if (!column.description().equals(description(spec))) {
            throw DataException.of(
                    table.path(), "has a column '" + spec.name() + "' of " + column.description(), words, REMEDY);
        }
        return new InputColumn(table.path(), column, spec);
    }

    /**
     * How many rows the model takes at once; 0 for any number.
     *
     * @throws DataException if the file has none, or not whole batches of them
     */
    static int fixedRows(ArrowTable table, ModelSignature signature) {
        if (table.rows() == 0) {
            throw DataException.of(
                    table.path(), "has no rows", "one at least", "give a file with rows to predict from");
        }
        int fixed = 0;
        for (TensorSpec input : signature.inputs()) {
            if (input.shape().numDimensions() < 1) {
                throw new IllegalArgumentException("The input '" + input.name()
                        + "' of the model is a single number: call the model from a program, it takes no rows");
            }
            if (input.shape().get(0) != Shape.UNKNOWN_SIZE) {
                fixed = Math.toIntExact(input.shape().get(0));
            }
        }
        if (fixed > 0 && table.rows() % fixed != 0) {
            throw DataException.of(
                    table.path(),
                    "has " + table.rows() + " rows",
                    "a multiple of " + fixed + ", which the model takes at once",
                    "give all rows that belong together, in their order");
        }
        return fixed;
    }

    /** What a row is, in the words of {@link ArrowColumn#description}. */
    private static String description(TensorSpec spec) {
        long width = width(spec);
        return element(spec) + (spec.shape().numDimensions() == 1 ? "" : "[" + width + "]");
    }

    /** Bytes are kept in columns of int32. */
    private static ElementType element(TensorSpec spec) {
        return spec.type().equals(TUint8.class) ? ElementType.INT32 : ElementType.of(spec.type());
    }

    private static long width(TensorSpec spec) {
        return Arrays.stream(spec.shape().asArray()).skip(1).reduce(1, Math::multiplyExact);
    }

    String name() {
        return spec.name();
    }

    /** Some rows in the shape of the input; the caller closes the tensor. */
    Tensor rows(int[] rows) {
        long[] extents = spec.shape().asArray();
        extents[0] = rows.length;
        Shape shape = Shape.of(extents);
        TType gathered = column.gather(rows);
        if (spec.type().equals(TUint8.class)) {
            try (gathered) {
                return bytes((TInt32) gathered, shape);
            }
        }
        if (shape.equals(gathered.shape())) {
            return gathered;
        }
        try (gathered) {
            return Tensor.of(spec.type(), shape, gathered.asRawTensor().data());
        }
    }

    private TUint8 bytes(TInt32 numbers, Shape shape) {
        int[] wide = new int[Math.toIntExact(shape.size())];
        numbers.copyTo(DataBuffers.of(wide));
        byte[] bytes = new byte[wide.length];
        for (int i = 0; i < wide.length; i++) {
            if (wide[i] < 0 || wide[i] > WHITE) {
                throw DataException.of(
                        file,
                        "has a " + wide[i] + " in the column '" + name() + "'",
                        "whole numbers from 0 to " + WHITE,
                        "write the pixels of the picture as they are, not normalised");
            }
            bytes[i] = (byte) wide[i];
        }
        return TUint8.tensorOf(shape, DataBuffers.of(bytes));
    }
}
