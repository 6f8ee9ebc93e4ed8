package dev.odeon.graph.scan;

import dev.odeon.graph.CustomGradients;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.LoopTables;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** The way back: repeats each round from what it was given, the last first, and takes its vector-Jacobian product. */
final class ScanGradient {

    private final WhileLoop forward;
    private final List<TensorSpec> carried;
    private final List<TensorSpec> read;
    private final WhileLoop backward;
    private final String onceOnly;

    private ScanGradient(
            WhileLoop forward, List<TensorSpec> carried, List<TensorSpec> read, WhileLoop backward, String onceOnly) {
        this.forward = forward;
        this.carried = carried;
        this.read = read;
        this.backward = backward;
        this.onceOnly = onceOnly;
    }

    /** Defines the backward loop; must happen before a gradient is asked for. */
    static ScanGradient define(
            Ops tf, String name, Scan.Body body, int rounds, WhileLoop forward, Values start, Values read) {
        List<TensorSpec> back = new ArrayList<>();
        back.add(start.specs().get(0));
        List<TensorSpec> fixed = new ArrayList<>(read.specs());
        for (TensorSpec spec : start.specs()) {
            if (spec.name().startsWith(ScanNames.CARRIED) && spec.differentiable()) {
                back.add(gradientOf(spec));
            } else if (spec.name().startsWith(ScanNames.OUTPUT) && spec.differentiable()) {
                fixed.add(gradientOf(spec));
            } else if (spec.name().startsWith(ScanNames.KEPT)) {
                fixed.add(spec);
            }
        }
        for (TensorSpec spec : read.specs()) {
            if (spec.name().startsWith(ScanNames.TOLD_BACK)) {
                back.add(spec);
            } else if (spec.differentiable()) {
                back.add(gradientOf(spec));
            }
        }
        fixed.removeIf(spec -> spec.name().startsWith(ScanNames.TOLD_BACK));
        WhileLoop backward = WhileLoop.define(
                tf,
                name + "_back",
                back,
                fixed,
                (inner, values, invariants) ->
                        inner.math.less(values.get(ScanNames.ROUND, TInt32.class), inner.constant(rounds)),
                (inner, values, invariants) -> round(inner, body, rounds, values, invariants));
        String onceOnly = CustomGradients.refuse(
                tf,
                "The gradient of the scan '" + name + "' cannot be differentiated again: write its rounds one after"
                        + " the other for second derivatives");
        return new ScanGradient(forward, start.specs(), read.specs(), backward, onceOnly);
    }

    private static TensorSpec gradientOf(TensorSpec spec) {
        return spec.named(ScanNames.GRADIENT + spec.name());
    }

    /** The position of the first number told on the way back among the results of the backward loop. */
    int backFrom() {
        return read.stream()
                .map(TensorSpec::name)
                .filter(backward::carries)
                .mapToInt(backward::indexOf)
                .findFirst()
                .orElse(0);
    }

    /** Registers the gradient; every use of it adds the name of its loop to the nodes. */
    String key(Ops tf, List<String> nodes) {
        return CustomGradients.define(tf, (inner, node, upstream) -> gradient(inner, node, upstream, nodes));
    }

    private static Values round(Ops tf, Scan.Body body, int rounds, Values values, Values fixed) {
        Operand<TInt32> round = values.get(ScanNames.ROUND, TInt32.class);
        Operand<TInt32> k = tf.math.sub(tf.constant(rounds - 1), round);
        Values before = RowTables.rows(tf, fixed.under(ScanNames.KEPT), k);
        Values row = RowTables.rows(tf, fixed.under(ScanNames.ROW), k);
        Values constants = fixed.under(ScanNames.CONSTANT);
        Round repeated = body.apply(tf, before, constants, row);
        Values inputs = before.prefixed(ScanNames.CARRIED)
                .and(constants.prefixed(ScanNames.CONSTANT))
                .and(row.prefixed(ScanNames.ROW))
                .differentiable();
        Iterator<@Nullable Operand<?>> found =
                products(tf, repeated, values, fixed, k, inputs).iterator();
        Values next = Values.of(ScanNames.ROUND, tf.math.add(round, tf.constant(1)));
        for (String name : inputs.names()) {
            String ofInput = ScanNames.GRADIENT + name;
            Operand<?> product = found.next();
            Operand<?> soFar = values.get(ofInput);
            if (name.startsWith(ScanNames.CARRIED)) {
                next = next.with(ofInput, product == null ? tf.zerosLike(soFar) : product);
            } else if (product == null) {
                next = next.with(ofInput, soFar);
            } else if (name.startsWith(ScanNames.ROW)) {
                next = next.with(ofInput, written(tf, soFar, k, product));
            } else {
                next = next.with(ofInput, sum(tf, soFar, product));
            }
        }
        Values told = repeated.toldBack().after(tf, values.under(ScanNames.TOLD_BACK));
        return next.and(told.prefixed(ScanNames.TOLD_BACK));
    }

    /** The gradients of what a round gives, carried back to what it was given. */
    private static List<@Nullable Operand<?>> products(
            Ops tf, Round round, Values values, Values fixed, Operand<TInt32> k, Values inputs) {
        List<Operand<?>> results = new ArrayList<>();
        List<Operand<?>> weights = new ArrayList<>();
        for (String name : round.carried().names()) {
            String ofResult = ScanNames.GRADIENT + ScanNames.CARRIED + name;
            if (values.contains(ofResult)) {
                // A node of its own: a value may be handed on as it came, or twice.
                results.add(tf.identity(round.carried().get(name)));
                weights.add(values.get(ofResult));
            }
        }
        for (String name : round.outputs().names()) {
            String ofResult = ScanNames.GRADIENT + ScanNames.OUTPUT + name;
            if (fixed.contains(ofResult)) {
                results.add(tf.identity(round.outputs().get(name)));
                weights.add(LoopTables.row(tf, fixed.get(ofResult), k));
            }
        }
        return Gradients.vectorJacobian(tf, results, weights, inputs.operands());
    }

    @SuppressWarnings("unchecked") // a gradient has the type of its value
    private static <V extends TType> Operand<V> written(
            Ops tf, Operand<V> table, Operand<TInt32> row, Operand<?> value) {
        return LoopTables.written(tf, table, row, (Operand<V>) value);
    }

    @SuppressWarnings("unchecked") // a gradient has the type of its value
    private static <V extends TType> Operand<V> sum(Ops tf, Operand<V> soFar, Operand<?> product) {
        return tf.math.add(soFar, (Operand<V>) product);
    }

    /** Adds the backward loop for a node of the forward loop; called while the graph is locked. */
    private List<@Nullable Operand<?>> gradient(
            Ops tf, GraphOperation node, List<Output<?>> upstream, List<String> nodes) {
        Values results = forward.resultsOf(node);
        Values fixed = forward.invariantsOf(node);
        Values start = Values.of(ScanNames.ROUND, tf.constant(0));
        for (TensorSpec spec : carried) {
            String ofValue = ScanNames.GRADIENT + spec.name();
            Operand<?> given = upstream.get(forward.indexOf(spec.name()));
            if (backward.carries(ofValue)) {
                start = start.with(ofValue, given);
            } else if (spec.name().startsWith(ScanNames.KEPT)) {
                fixed = fixed.with(spec.name(), results.get(spec.name()));
            } else if (spec.name().startsWith(ScanNames.OUTPUT) && spec.differentiable()) {
                fixed = fixed.with(ofValue, given);
            }
        }
        for (TensorSpec spec : read) {
            String ofValue = ScanNames.GRADIENT + spec.name();
            if (backward.carries(ofValue)) {
                start = start.with(ofValue, tf.zerosLike(fixed.get(spec.name())));
            } else if (backward.carries(spec.name())) {
                start = start.with(spec.name(), fixed.get(spec.name()));
            }
        }
        WhileLoop.Run run = backward.run(tf, start, fixed, onceOnly);
        nodes.add(run.operation().name());
        List<@Nullable Operand<?>> gradients = new ArrayList<>();
        for (TensorSpec spec : carried) {
            gradients.add(found(run.values(), spec));
        }
        for (TensorSpec spec : read) {
            gradients.add(found(run.values(), spec));
        }
        return gradients;
    }

    private static @Nullable Operand<?> found(Values ended, TensorSpec spec) {
        String ofValue = ScanNames.GRADIENT + spec.name();
        return ended.contains(ofValue) ? ended.get(ofValue) : null;
    }
}
