package dev.odeon.models.training.data;

import dev.odeon.graph.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * The rows of tensors in memory: the first axis of each is that of the rows.
 *
 * <p>Padded series are three of them: values [series, times, channels], their mask, and times [series, times]. The tensors
 * stay the caller's, who closes them after training.
 */
public final class TensorRows implements BatchSource {

    private final Map<String, TType> tensors;
    private final int rows;

    private TensorRows(Map<String, TType> tensors, int rows) {
        this.tensors = tensors;
        this.rows = rows;
    }

    /**
     * Rows of one or more tensors.
     *
     * @throws IllegalArgumentException if they have different numbers of rows, or none
     */
    public static TensorRows of(Map<String, ? extends TType> tensors) {
        Map<String, TType> kept = new LinkedHashMap<>(tensors);
        long rows = -1;
        for (Map.Entry<String, TType> entry : kept.entrySet()) {
            Shape shape = entry.getValue().shape();
            if (entry.getValue() instanceof TString || shape.numDimensions() == 0 || shape.get(0) < 1) {
                throw new IllegalArgumentException("The column '" + entry.getKey() + "' is "
                        + entry.getValue().type().getSimpleName() + " " + shape
                        + ": give a tensor of numbers with one row at least");
            }
            if (rows >= 0 && shape.get(0) != rows) {
                throw new IllegalArgumentException("The column '" + entry.getKey() + "' has " + shape.get(0)
                        + " rows, those before it have " + rows + ": give columns of the same length");
            }
            rows = shape.get(0);
        }
        if (rows < 0) {
            throw new IllegalArgumentException("There is no column: give one at least, or BatchSource.whole()");
        }
        return new TensorRows(kept, Math.toIntExact(rows));
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public List<TensorSpec> columns() {
        List<TensorSpec> specs = new ArrayList<>();
        tensors.forEach((name, tensor) ->
                specs.add(new TensorSpec(name, tensor.type(), tensor.shape().tail(), false)));
        return specs;
    }

    @Override
    public Map<String, TType> load(int[] chosen) {
        for (int row : chosen) {
            Objects.checkIndex(row, rows);
        }
        Map<String, TType> loaded = new LinkedHashMap<>();
        try {
            tensors.forEach((name, tensor) -> loaded.put(name, gathered(tensor, chosen)));
            return loaded;
        } catch (RuntimeException | Error e) {
            loaded.values().forEach(TType::close);
            throw e;
        }
    }

    private TType gathered(TType tensor, int[] chosen) {
        ByteDataBuffer from = tensor.asRawTensor().data();
        long width = from.size() / rows;
        return Tensor.of(tensor.type(), ofRows(tensor.shape(), chosen.length), target -> {
            ByteDataBuffer to = target.asRawTensor().data();
            for (int i = 0; i < chosen.length; i++) {
                from.slice(chosen[i] * width, width).copyTo(to.slice(i * width, width), width);
            }
        });
    }

    private static Shape ofRows(Shape shape, long rows) {
        long[] extents = shape.asArray();
        extents[0] = rows;
        return Shape.of(extents);
    }
}
