package dev.odeon.models.training;

import java.util.List;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.types.family.TType;

/** Tensors of one type and shape, one upon another. */
final class Stacked {

    private Stacked() {}

    /**
     * A tensor with a row for each, [rows, ...]; the caller closes it.
     *
     * @param tensors one or more
     * @param rows as many or more; those behind repeat the last tensor
     * @throws IllegalArgumentException if their shapes differ
     */
    static Tensor of(String name, List<? extends Tensor> tensors, int rows) {
        Tensor first = tensors.get(0);
        for (Tensor tensor : tensors) {
            if (!tensor.shape().equals(first.shape()) || tensor.dataType() != first.dataType()) {
                throw new IllegalArgumentException(
                        "The input '" + name + "' is " + first.dataType() + " " + first.shape()
                                + " in one iteration and " + tensor.dataType() + " " + tensor.shape()
                                + " in another, but both are to be run at once: feed the same shape, or train with AtOnce.SINGLE");
            }
        }
        long width = first.asRawTensor().numBytes();
        return Tensor.of(((TType) first).type(), first.shape().prepend(rows), target -> {
            ByteDataBuffer to = target.asRawTensor().data();
            for (int i = 0; i < rows; i++) {
                ByteDataBuffer from = tensors.get(Math.min(i, tensors.size() - 1))
                        .asRawTensor()
                        .data();
                from.copyTo(to.slice(i * width, width), width);
            }
        });
    }
}
