package dev.odeon.ode.testing;

import dev.odeon.graph.Floats;
import java.util.List;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** Numbers of fetched tensors. */
public final class Fetched {

    private Fetched() {}

    /** Runs once, closes what was fed, and reads all that is fetched. */
    public static double[][] numbers(Session.Runner runner, List<TFloat64> fed) {
        try (Result result = runner.run()) {
            double[][] found = new double[result.size()][];
            for (int i = 0; i < found.length; i++) {
                found[i] = Floats.read(result.get(i));
            }
            return found;
        } finally {
            fed.forEach(TFloat64::close);
        }
    }

    /** All numbers in order. */
    public static int[] integers(TInt32 tensor) {
        int[] values = new int[Math.toIntExact(tensor.shape().size())];
        int[] next = {0};
        tensor.scalars().forEach(scalar -> values[next[0]++] = scalar.getInt());
        return values;
    }
}
