package dev.odeon.graph.parameters;

import dev.odeon.graph.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/**
 * Data that stays in device memory: copied there once, read by every run.
 *
 * <p>Training that picks its batches from here by row numbers copies a few integers per iteration instead of the batch.
 * The data are not parameters: no gradient, no optimiser and no checkpoint touches them.
 */
public final class DeviceData {

    private record Entry(
            Class<? extends TType> type, VarHandleOp handle, Placeholder<? extends TType> source, Op assignment) {}

    private final Ops tf;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** No data yet, for the graph of {@code tf}. */
    public DeviceData(Ops tf) {
        this.tf = tf;
    }

    /**
     * Makes room for a tensor.
     *
     * @param name unique among these data, and among those of other objects on the same graph
     * @param like a tensor of the element type and shape the data will have
     * @throws IllegalArgumentException if the name is taken
     */
    public void declare(String name, TType like) {
        if (entries.containsKey(name)) {
            throw new IllegalArgumentException("There are data called '" + name + "' already: choose another name");
        }
        Class<? extends TType> stored = stored(like.type());
        VarHandleOp handle = tf.varHandleOp(stored, like.shape(), VarHandleOp.sharedName("data/" + name));
        Placeholder<? extends TType> source = tf.placeholder(like.type(), Placeholder.shape(like.shape()));
        entries.put(
                name, new Entry(like.type(), handle, source, tf.assignVariableOp(handle, cast(tf, source, stored))));
    }

    /** A GPU has no variables of 32-bit integers: TensorFlow would keep them on the host, and copy them in every run. */
    private static Class<? extends TType> stored(Class<? extends TType> type) {
        return type.equals(TInt32.class) ? TInt64.class : type;
    }

    @SuppressWarnings("unchecked") // only 32-bit integers are stored as something else
    private static Operand<? extends TType> cast(Ops tf, Operand<? extends TType> value, Class<? extends TType> type) {
        return value.type().equals(type)
                ? value
                : tf.dtypes.cast((Operand<? extends TNumber>) value, (Class<? extends TNumber>) type);
    }

    /**
     * Copies a tensor to its place; the caller may close it afterwards.
     *
     * @throws IllegalArgumentException if the name was not declared, or the element type or the shape is another one
     */
    public void load(Session session, String name, Tensor value) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("No data are called '" + name + "'; there are " + entries.keySet());
        }
        if (!(value instanceof TType typed) || !typed.type().equals(entry.type())) {
            throw new IllegalArgumentException("The data '" + name + "' are of type " + value.dataType()
                    + ", but room was made for " + entry.type().getSimpleName() + ": load a tensor of that type");
        }
        if (!value.shape().equals(entry.source().shape())) {
            throw new IllegalArgumentException("The data '" + name + "' have the shape " + value.shape()
                    + ", but room was made for " + entry.source().shape() + ": load a tensor of that shape");
        }
        session.runner()
                .feed(entry.source(), value)
                .addTarget(entry.assignment())
                .run()
                .close();
    }

    /** Adds reads of all data, as constants for differentiation. */
    public Values read() {
        Values values = Values.empty();
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            Class<? extends TType> type = entry.getValue().type();
            Operand<? extends TType> value = tf.readVariableOp(entry.getValue().handle(), stored(type));
            values = values.withConstant(entry.getKey(), cast(tf, value, type));
        }
        return values;
    }
}
