import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat64;

/**
 * Runs the function predict of SavedModels with TensorFlow Java alone.
 *
 * <p>Arguments: folders. In each, model is the SavedModel, NAME.in holds the float64 numbers of an input, NAME.shape its
 * shape. NAME.out is written for each floating-point output.
 */
public final class PlainTensorFlow {

    public static void main(String[] folders) throws Exception {
        try {
            Class.forName("dev.odeon.graph.Values");
            throw new IllegalStateException("Odeon is on the class path");
        } catch (ClassNotFoundException expected) {
            // As it has to be.
        }
        for (String folder : folders) {
            run(Path.of(folder));
        }
    }

    private static void run(Path folder) throws Exception {
        try (SavedModelBundle model = SavedModelBundle.load(folder.resolve("model").toString(), "serve")) {
            Map<String, Tensor> inputs = new HashMap<>();
            for (String name : model.function("predict").signature().inputNames()) {
                long[] shape = Files.readAllLines(folder.resolve(name + ".shape")).stream()
                        .mapToLong(Long::parseLong)
                        .toArray();
                ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name + ".in")))
                        .order(ByteOrder.LITTLE_ENDIAN);
                double[] numbers = new double[bytes.remaining() / Double.BYTES];
                bytes.asDoubleBuffer().get(numbers);
                inputs.put(name, TFloat64.tensorOf(Shape.of(shape), DataBuffers.of(numbers)));
            }
            try (Result outputs = model.function("predict").call(inputs)) {
                for (String name : List.copyOf(outputs.keySet())) {
                    if (outputs.get(name).orElseThrow() instanceof TFloat64 tensor) {
                        double[] numbers = new double[(int) tensor.size()];
                        tensor.copyTo(DataBuffers.of(numbers));
                        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES)
                                .order(ByteOrder.LITTLE_ENDIAN);
                        bytes.asDoubleBuffer().put(numbers);
                        Files.write(folder.resolve(name + ".out"), bytes.array());
                    }
                }
            }
            inputs.values().forEach(Tensor::close);
        }
    }
}
