package dev.odeon.graph.export;

import dev.odeon.graph.Floats;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;

/** What a function returned, by name; owns the tensors: close it. */
public final class Outputs implements AutoCloseable {

    private final Map<String, Tensor> tensors;

    Outputs(Map<String, Tensor> tensors) {
        this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /** The names, in the order of the export. */
    public Set<String> names() {
        return tensors.keySet();
    }

    /**
     * A tensor, which is closed with these.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("There is no output '" + name + "': the function returned " + names());
        }
        return tensor;
    }

    /** The shape of an output. */
    public Shape shape(String name) {
        return tensor(name).shape();
    }

    /** A copy of the numbers of a floating-point output, the last axis running fastest. */
    public double[] doubles(String name) {
        return Floats.read(tensor(name));
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
    }
}
