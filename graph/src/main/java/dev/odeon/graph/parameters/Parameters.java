package dev.odeon.graph.parameters;

import dev.odeon.graph.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The named resource variables of a graph: what training changes.
 *
 * <p>Declare them while building the model, run {@link #initializer} once in a session, and read them as {@link Values}.
 * They live in the session's device memory.
 */
public final class Parameters {

    /**
     * One variable.
     *
     * @param handle the resource
     */
    public record Parameter(
            String name, Class<? extends TFloating> type, Shape shape, Operand<? extends TType> handle) {
        /** How many numbers it holds. */
        public long count() {
            return shape.size();
        }
    }

    private final Ops tf;
    private final long seed;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final List<Op> assignments = new ArrayList<>();

    /**
     * No variables yet.
     *
     * @param tf the graph they will belong to
     * @param seed of all their random first values
     */
    public Parameters(Ops tf, long seed) {
        this.tf = tf;
        this.seed = seed;
    }

    /**
     * Adds a variable.
     *
     * @param name unique among these variables, and among those of other objects on the same graph, whose variables of
     *     the same name would be the same; parts separated by slashes
     * @throws IllegalArgumentException if the name is taken or the shape is not fully known
     */
    public <T extends TFloating> Parameter declare(String name, Class<T> type, Shape shape, Initializer initializer) {
        if (parameters.containsKey(name)) {
            throw new IllegalArgumentException(
                    "A parameter is called '" + name + "' already: give each layer a name of its own");
        }
        if (shape.hasUnknownDimension()) {
            throw new IllegalArgumentException(
                    "The parameter '" + name + "' has the shape " + shape + ": parameters need known dimensions");
        }
        VarHandleOp handle = tf.varHandleOp(type, shape, VarHandleOp.sharedName(name));
        Parameter parameter = new Parameter(name, type, shape, handle);
        parameters.put(name, parameter);
        // The seed of one parameter depends on its name, so adding a layer does not change the others.
        assignments.add(tf.assignVariableOp(handle, initializer.value(tf, type, shape, 31 * seed + name.hashCode())));
        return parameter;
    }

    /** Adds the operation that gives every variable declared so far its first value. */
    public NoOp initializer() {
        return tf.withControlDependencies(assignments).noOp();
    }

    /** Adds reads of all variables: the parameters as tensors, differentiable. */
    public Values read() {
        Values values = Values.empty();
        for (Parameter parameter : parameters.values()) {
            values = values.with(parameter.name(), tf.readVariableOp(parameter.handle(), parameter.type()));
        }
        return values;
    }

    /** All variables in the order of their declaration. */
    public Collection<Parameter> all() {
        return Collections.unmodifiableCollection(parameters.values());
    }

    /** How many numbers all variables hold together. */
    public long count() {
        return parameters.values().stream().mapToLong(Parameter::count).sum();
    }

    /**
     * Adds the assignment of a tensor to a variable.
     *
     * @throws IllegalArgumentException if no variable has that name
     */
    public Op assign(String name, Operand<? extends TFloating> value) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalArgumentException(
                    "No parameter is called '" + name + "'; there are " + parameters.keySet());
        }
        Output<?> output = value.asOutput();
        return tf.assignVariableOp(parameter.handle(), output);
    }
}
