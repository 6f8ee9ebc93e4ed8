package dev.odeon.graph;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

/**
 * Functions and loops by what tells them apart, each defined once in a graph however often it is used there.
 *
 * <p>Defining a function costs as much as adding some hundred operations. Weak in the graph: what is kept must hold names and
 * plain values, no tensors. Several threads may use it, each with
 * graphs of its own.
 *
 * @param <K> equal where the definitions are
 * @param <V> what was defined
 */
public final class OncePerGraph<K, V> {

    private final Map<Graph, Map<K, V>> byGraph = Collections.synchronizedMap(new WeakHashMap<>());

    /** With nothing defined yet. */
    public OncePerGraph() {}

    /** What was defined in the graph of {@code tf} under a key, defined now if it is the first time. */
    public V get(Ops tf, K key, Supplier<V> definition) {
        Map<K, V> defined = byGraph.computeIfAbsent(GraphFunction.graphOf(tf), graph -> new HashMap<>());
        V found = defined.get(key);
        if (found == null) {
            // A definition may define others.
            found = definition.get();
            defined.put(key, found);
        }
        return found;
    }
}
