package dev.odeon.models.training;

import dev.odeon.graph.Floats;
import java.util.Arrays;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.IntDataBuffer;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;

/**
 * Something an iteration told: numbers, whole ones among them, and truths as one and zero.
 *
 * @param numbers row by row; not copied
 * @param dimensions of the tensor
 */
@SuppressWarnings("ArrayRecordComponent") // read once, and never compared
record Told(double[] numbers, int dimensions) {

    /** What a fetched tensor holds. */
    static Told of(Tensor tensor) {
        return new Told(numbers(tensor), tensor.shape().numDimensions());
    }

    private static double[] numbers(Tensor tensor) {
        if (tensor instanceof TBool truth) {
            return new double[] {truth.getBoolean() ? 1 : 0};
        }
        if (tensor instanceof TInt32) {
            IntDataBuffer whole = tensor.asRawTensor().data().asInts();
            double[] numbers = new double[Math.toIntExact(tensor.shape().size())];
            Arrays.setAll(numbers, whole::getInt);
            return numbers;
        }
        return Floats.read(tensor);
    }

    /** The only number, or the first. */
    double first() {
        return numbers[0];
    }

    boolean truth() {
        return numbers[0] != 0;
    }
}
