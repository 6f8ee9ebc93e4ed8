package dev.odeon.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.internal.c_api.TFJ_GradFuncAdapter;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;
import org.tensorflow.op.core.StatelessWhile;

/**
 * The registry of gradients for operations to which TensorFlow gives none.
 *
 * <p>One native callback serves every operation type: TensorFlow Java crashes when more than ten are registered. A gradient
 * belongs either to an operation type ({@link #register}) or to single nodes that carry its key ({@link #define}), which is
 * how two loops of one graph have different gradients. Nodes with a key are loops, or an {@link #marked identity} of any
 * values.
 *
 * <p>While a gradient is being built TensorFlow holds the graph's lock: add operations, refer to functions by name, but
 * define no function, take no further gradient, and never ask a tensor for its shape: each of these would block for ever.
 */
public final class CustomGradients {

    /** The attribute by which a node names its gradient. */
    static final String KEY_ATTRIBUTE = "_odeon_gradient";

    /** Adds the gradient of one node. */
    @FunctionalInterface
    public interface Rule {
        /**
         * Adds the operations of the gradient.
         *
         * @param node the node that is differentiated
         * @param upstream for each output of the node the gradient of the loss with respect to it, zeros where none flows
         * @return for each input of the node its gradient, or null if none flows
         */
        List<@Nullable Operand<?>> apply(Ops tf, GraphOperation node, List<Output<?>> upstream);
    }

    private static final Map<String, Rule> BY_TYPE = new ConcurrentHashMap<>();
    /** Weak in the graph, so that the rules go when the graph goes; a rule therefore must not hold tensors. */
    private static final Map<Graph, Map<String, Rule>> BY_KEY = new WeakHashMap<>();

    private static final String IDENTITY = "IdentityN";
    private static final List<String> KEYED = List.of(StatelessWhile.OP_NAME, IDENTITY);

    private static final AtomicLong KEYS = new AtomicLong();
    /** Reachable for ever: native code keeps a pointer to it. */
    private static final TFJ_GradFuncAdapter ADAPTER = RawCustomGradient.adapter(CustomGradients::dispatch);

    private static final java.util.Set<String> REGISTERED = ConcurrentHashMap.newKeySet();

    private CustomGradients() {}

    /** Gives an operation type a gradient, for all graphs of this process; the first registration stays. */
    public static void register(String operationType, Rule rule) {
        BY_TYPE.putIfAbsent(operationType, rule);
        listenTo(operationType);
    }

    /**
     * Keeps a gradient for single nodes of a graph.
     *
     * @param rule must not hold tensors or operations of the graph, only names and plain values
     * @return the key to build the node with
     */
    public static String define(Ops tf, Rule rule) {
        listenToKeyed();
        String key = "odeon" + KEYS.incrementAndGet();
        synchronized (BY_KEY) {
            BY_KEY.computeIfAbsent(GraphFunction.graphOf(tf), graph -> new ConcurrentHashMap<>())
                    .put(key, rule);
        }
        return key;
    }

    /** Keeps a gradient that is refused when it is asked for, with a message. */
    public static String refuse(Ops tf, String message) {
        return define(tf, (inner, node, upstream) -> {
            throw new IllegalArgumentException(message);
        });
    }

    /** Adds the values themselves, as results of one node that has a gradient of its own. */
    public static List<Operand<?>> marked(Ops tf, List<Operand<?>> values, String key) {
        return GraphFunction.outputsOf(GraphFunction.builder(tf, IDENTITY, "marked", values)
                .setAttr("T", GraphFunction.dataTypes(values))
                .setAttr(KEY_ATTRIBUTE, key)
                .build());
    }

    /** Gives those operations a gradient whose nodes may carry a key, and identities without one theirs. */
    static void listenToKeyed() {
        KEYED.forEach(CustomGradients::listenTo);
    }

    private static synchronized void listenTo(String operationType) {
        if (REGISTERED.add(operationType)) {
            TensorFlow.version(); // loads the native library
            if (!tensorflow.TFJ_HasGradient(operationType)
                    && !tensorflow.TFJ_RegisterCustomGradient(operationType, ADAPTER)) {
                throw new IllegalStateException("TensorFlow refused a gradient for " + operationType);
            }
        }
    }

    private static List<Operand<?>> dispatch(Ops tf, GraphOperation node, List<Output<?>> upstream) {
        Rule rule = ruleOf(node);
        List<@Nullable Operand<?>> gradients = rule.apply(tf, node, upstream);
        List<Operand<?>> complete = new ArrayList<>(gradients.size());
        for (int i = 0; i < gradients.size(); i++) {
            Operand<?> gradient = gradients.get(i);
            complete.add(gradient != null ? gradient : tf.zerosLike(node.input(i)));
        }
        return complete;
    }

    private static Rule ruleOf(GraphOperation node) {
        Rule rule = BY_TYPE.get(node.type());
        if (rule == null && KEYED.contains(node.type())) {
            String key = keyOf(node);
            synchronized (BY_KEY) {
                Map<String, Rule> rules = BY_KEY.get(node.env());
                rule = rules == null ? null : rules.get(key);
            }
        }
        if (rule == null) {
            if (node.type().equals(IDENTITY)) {
                return (tf, same, upstream) -> List.copyOf(upstream);
            }
            throw new IllegalArgumentException("The loop " + node.name()
                    + " has no gradient: build it with the key of one, or keep the loss from depending on it");
        }
        return rule;
    }

    /** The key of a node, empty if it has none. */
    private static String keyOf(GraphOperation node) {
        try {
            return node.attributes().getAttrString(KEY_ATTRIBUTE);
        } catch (TFInvalidArgumentException e) {
            return "";
        }
    }
}
