package dev.odeon.graph.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.StatelessWhile;

/**
 * The most memory of a run whose loops are too long for one record: each loop is recorded from its beginning.
 *
 * <p>TensorFlow records the first million operations of a run. A run with more is measured in parts: once from its start, and
 * once from the end of each loop that another follows, whose results are computed before and fed. They count as held: nothing
 * is known of when the whole run would free them. Of a loop that has more than a million operations itself its first rounds
 * are seen, which stand for all where every round allocates the same, as those of solves and of their gradients do: their
 * buffers are made at once.
 *
 * @param graph that is run
 * @param initializer gives the variables their first values
 * @param fed placeholders and what they are fed
 * @param fetched results of the run
 */
public record LoopMemory(Graph graph, Op initializer, Map<Operand<?>, Tensor> fed, List<Operand<?>> fetched) {

    /**
     * Runs as often as is needed.
     *
     * @param session on the graph, initialised
     * @return bytes, of the whole run if its record is whole, else of the parts
     */
    public long measure(Session session) {
        PeakMemory start = PeakMemory.measure(runner(session, fetched));
        return start.whole() ? start.bytes() : Math.max(start.bytes(), afterLoops());
    }

    /** Bytes, the largest of the parts that begin with the results of a loop; zero for less than two loops. */
    long afterLoops() {
        try (Graph cut = LoopResults.namedIn(graph);
                Session session = Sessions.open(cut)) {
            session.runner().addTarget(initializer.op().name()).run().close();
            List<List<Output<?>>> loops = results(cut);
            long most = 0;
            for (List<Output<?>> results : loops.subList(0, Math.max(0, loops.size() - 1))) {
                most = Math.max(most, after(session, results));
            }
            return most;
        }
    }

    private Session.Runner runner(Session session, List<? extends Operand<?>> operands) {
        Session.Runner runner = session.runner();
        fed.forEach((operand, tensor) ->
                runner.feed(operand.op().name(), operand.asOutput().index(), tensor));
        operands.forEach(
                operand -> runner.fetch(operand.op().name(), operand.asOutput().index()));
        return runner;
    }

    private long after(Session session, List<Output<?>> results) {
        try (Result computed = runner(session, results).run()) {
            Session.Runner rest = runner(session, fetched);
            long held = 0;
            for (int i = 0; i < results.size(); i++) {
                Tensor value = computed.get(i);
                held += value.asRawTensor().numBytes();
                rest.feed(results.get(i), value);
            }
            return held + PeakMemory.measure(rest).bytes();
        }
    }

    /** For each loop in the order of the graph, what the run reads of its results. */
    private List<List<Output<?>>> results(Graph cut) {
        Set<Operand<?>> ends = new HashSet<>();
        fetched.forEach(operand -> ends.add(cut.operationOrThrow(operand.op().name())
                .output(operand.asOutput().index())));
        Set<GraphOperation> needed = new HashSet<>(cut.subgraphTo(ends));
        ends.forEach(end -> needed.add((GraphOperation) end.op()));
        Map<String, List<Output<?>>> results = new LinkedHashMap<>();
        Iterator<GraphOperation> operations = cut.operations();
        while (operations.hasNext()) {
            GraphOperation operation = operations.next();
            if (needed.contains(operation) && operation.type().equals(StatelessWhile.OP_NAME)) {
                results.put(operation.name(), new ArrayList<>());
            }
            List<Output<?>> ofLoop = LoopResults.isResult(operation)
                    ? results.get(operation.input(0).op().name())
                    : null;
            if (ofLoop != null && operation.consumers().stream().anyMatch(needed::contains)) {
                ofLoop.add(operation.output(0));
            }
        }
        return List.copyOf(results.values());
    }
}
