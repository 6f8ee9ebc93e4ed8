package dev.odeon.graph.scan;

import dev.odeon.graph.CustomGradients;
import dev.odeon.graph.GraphFunction;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;

/**
 * A loop over the rows of tables, differentiable whatever its rounds do: one {@code StatelessWhile}, and one more for its
 * gradient.
 *
 * <p>(c_{k+1}, y_k) = body(c_k, row_k; constants) for k = 0 to K - 1. The rounds may contain solves, each with the gradient of
 * its solver. The gradient runs from the last round to the first, repeats each from the values carried into it, which the loop
 * keeps, and takes its vector-Jacobian product there. Graph and time to build do not grow with K; the memory does, by the
 * carried values of each round, and holds what is inside a round for one round at a time. Each round is computed twice.
 *
 * <p>Gradients flow to the carried values, to constants and to rows, as far as they are floating point and were not added by
 * {@link Values#withConstant}. They cannot be differentiated again.
 */
public final class Scan {

    /** One round of a scan. */
    @FunctionalInterface
    public interface Body {
        /**
         * Adds the operations of one round; applied twice, for the way forward and, if there is a gradient, for the way back.
         *
         * @param carried from the round before
         * @param constants what every round reads
         * @param row one row of each table
         */
        Round apply(Ops tf, Values carried, Values constants, Values row);
    }

    private final String name;
    private final Body body;
    private final Values outputs;
    private final Values told;
    private final Values toldBack;
    private final WayBack wayBack;

    /** Whether a scan has a gradient. */
    private enum WayBack {
        DEFINED,
        NONE
    }

    private Scan(String name, Body body, Values outputs, Values told, Values toldBack, WayBack wayBack) {
        this.name = Objects.requireNonNull(name, "name");
        this.body = Objects.requireNonNull(body, "body");
        this.outputs = outputs;
        this.told = told;
        this.toldBack = toldBack;
        this.wayBack = wayBack;
    }

    /**
     * A scan by its body.
     *
     * @param name of its functions in the graph
     */
    public static Scan of(String name, Body body) {
        return new Scan(name, body, Values.empty(), Values.empty(), Values.empty(), WayBack.DEFINED);
    }

    /** The same scan with outputs: tensors that have the types and shapes of one round's, whose numbers do not matter. */
    public Scan withOutputs(Values like) {
        return new Scan(name, body, like, told, toldBack, wayBack);
    }

    /** The same scan, which counts on the way forward, from these numbers on. */
    public Scan withTold(Values first) {
        return new Scan(name, body, outputs, first, toldBack, wayBack);
    }

    /** The same scan, which counts on the way back, from these numbers on. */
    public Scan withToldBack(Values first) {
        return new Scan(name, body, outputs, told, first, wayBack);
    }

    /** The same scan without a gradient: it keeps nothing for one, and its body is applied once. */
    public Scan withoutGradient() {
        return new Scan(name, body, outputs, told, toldBack, WayBack.NONE);
    }

    /**
     * Adds the loop.
     *
     * @param initial carried into the first round
     * @param constants what every round reads
     * @param rows tables [K, ...], of which each round reads a row; K is known
     * @throws IllegalArgumentException if the tables do not have the same known number of rows, or a round returns other values
     */
    public Result run(Ops tf, Values initial, Values constants, Values rows) {
        int rounds = rounds(rows);
        if (rounds == 0) {
            return new Result(
                    GraphFunction.graphOf(tf), initial, RowTables.like(tf, outputs, 0), told, List.of(), 0, List.of());
        }
        Values kept = wayBack == WayBack.NONE ? Values.empty() : initial;
        Values start = ScanNames.start(tf, rounds, initial, kept, outputs, told);
        Values read = ScanNames.read(constants, rows, toldBack);
        WhileLoop loop = ForwardScan.define(tf, name, body, rounds, start, read);
        List<String> nodes = new ArrayList<>();
        if (wayBack == WayBack.NONE) {
            String refused = CustomGradients.refuse(
                    tf, "The scan '" + name + "' was built without a gradient: leave withoutGradient() out");
            return result(tf, loop.run(tf, start, read, refused).values(), 0, nodes);
        }
        ScanGradient gradient = ScanGradient.define(tf, name, body, rounds, loop, start, read);
        Values ended = loop.run(tf, start, read, gradient.key(tf, nodes)).values();
        return result(tf, ended, gradient.backFrom(), nodes);
    }

    private Result result(Ops tf, Values ended, int backFrom, List<String> nodes) {
        return new Result(
                GraphFunction.graphOf(tf),
                ended.under(ScanNames.CARRIED),
                ended.under(ScanNames.OUTPUT),
                ended.under(ScanNames.TOLD),
                toldBack.specs(),
                backFrom,
                nodes);
    }

    private int rounds(Values rows) {
        long rounds = Shape.UNKNOWN_SIZE;
        for (TensorSpec spec : rows.specs()) {
            Shape shape = spec.shape();
            if (shape.isUnknown() || shape.numDimensions() < 1 || shape.get(0) == Shape.UNKNOWN_SIZE) {
                throw new IllegalArgumentException(
                        "The table '" + spec.name() + "' of the scan '" + name + "' has the shape " + shape
                                + ": its first axis must be known, with tf.ensureShape if need be");
            }
            if (rounds != Shape.UNKNOWN_SIZE && rounds != shape.get(0)) {
                throw new IllegalArgumentException(
                        "The table '" + spec.name() + "' of the scan '" + name + "' has " + shape.get(0)
                                + " rows, those before it " + rounds + ": give tables of the same number of rows");
            }
            rounds = shape.get(0);
        }
        if (rounds == Shape.UNKNOWN_SIZE) {
            throw new IllegalArgumentException("The scan '" + name
                    + "' has no tables, so that nothing says how many rounds it takes: give rows [K, ...]");
        }
        return Math.toIntExact(rounds);
    }

    /** What a scan gives. */
    public static final class Result {

        private final Graph graph;
        private final Values carried;
        private final Values outputs;
        private final Values told;
        private final List<TensorSpec> back;
        private final int backFrom;
        private final List<String> nodes;

        private Result(
                Graph graph,
                Values carried,
                Values outputs,
                Values told,
                List<TensorSpec> back,
                int backFrom,
                List<String> nodes) {
            this.graph = graph;
            this.carried = carried;
            this.outputs = outputs;
            this.told = told;
            this.back = back;
            this.backFrom = backFrom;
            this.nodes = nodes;
        }

        /** The values after the last round. */
        public Values carried() {
            return carried;
        }

        /** The outputs of all rounds: [K, ...]. */
        public Values outputs() {
            return outputs;
        }

        /** What was counted on the way forward. */
        public Values told() {
            return told;
        }

        /** What was counted on the way back of the gradient that was asked for last; empty before one was. */
        public Optional<Values> toldBack() {
            if (nodes.isEmpty()) {
                return Optional.empty();
            }
            List<Operand<?>> operands = new ArrayList<>();
            for (int i = 0; i < back.size(); i++) {
                operands.add(graph.operationOrThrow(nodes.get(nodes.size() - 1)).output(backFrom + i));
            }
            return Optional.of(Values.bind(back, operands));
        }
    }
}
