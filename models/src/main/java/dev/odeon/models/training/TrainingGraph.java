package dev.odeon.models.training;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.runtime.PeakMemory;
import dev.odeon.graph.runtime.Sessions;
import dev.odeon.solvers.Outcome;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The graph of one training iteration and of one evaluation, and the session that holds the parameters.
 *
 * <p>An iteration is one run: forward solve, loss, gradient, clipping, optimiser. Owns graph and session: close it.
 *
 * @param <T> element type of the loss
 */
public final class TrainingGraph<T extends TFloating> implements AutoCloseable {

    private final Class<T> type;
    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);
    private final Operations<T> operations;
    private final Session session;

    /**
     * Builds the graph, copies the data to the device, and gives the parameters their first values.
     *
     * @param data tensors the objective reads by name in every iteration; may be closed afterwards
     */
    public TrainingGraph(Objective<T> objective, Map<String, ? extends TType> data, TrainingSettings settings) {
        this.type = objective.type();
        try {
            this.operations = new Operations<>(tf, objective, data, settings);
            this.session = open(graph, operations, data);
        } catch (RuntimeException | Error e) {
            // Nobody else can close what is not finished.
            graph.close();
            throw e;
        }
    }

    private static Session open(Graph graph, Operations<?> operations, Map<String, ? extends TType> data) {
        Session session = Sessions.open(graph);
        try {
            operations.initialize(session, data);
            return session;
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }

    /**
     * Runs one training iteration.
     *
     * @param fed a tensor for each of the objective's inputs
     */
    public Iteration train(Map<String, ? extends Tensor> fed, double learningRate) {
        try (T fedRate = Floats.tensor(type, Shape.scalar(), learningRate)) {
            return run(operations.training(), fed, fedRate);
        }
    }

    /** Runs one evaluation; the parameters stay as they are. */
    public Iteration evaluate(Map<String, ? extends Tensor> fed) {
        return run(operations.evaluation(), fed, null);
    }

    /**
     * Runs one training iteration at learning rate zero and tells how much memory it took at most.
     *
     * <p>The parameters stay, but the optimiser's moments, its count of steps and the objective's states move as in any
     * iteration, whose memory is what is asked for: measure on a graph that is not trained any further.
     *
     * @param fed as for {@link #train}
     * @return bytes, without parameters and data; empty if the iteration has more operations than TensorFlow records
     */
    public OptionalLong peakBytes(Map<String, ? extends Tensor> fed) {
        Session.Runner runner = session.runner();
        fed.forEach((name, tensor) -> runner.feed(input(name), tensor));
        try (T fedRate = Floats.tensor(type, Shape.scalar(), 0)) {
            PeakMemory peak = PeakMemory.measure(runner.feed(operations.rate(), fedRate)
                    .fetch(operations.training().get(Operations.LOSS))
                    .addTarget(operations.update()));
            return peak.whole() ? OptionalLong.of(peak.bytes()) : OptionalLong.empty();
        }
    }

    private Iteration run(Values target, Map<String, ? extends Tensor> fed, @Nullable Tensor fedRate) {
        Set<String> names = operations.inputs().keySet();
        if (!fed.keySet().equals(names)) {
            throw new IllegalArgumentException(
                    "The inputs " + fed.keySet() + " were given, but the objective reads " + names);
        }
        Session.Runner runner = session.runner();
        fed.forEach((name, tensor) -> runner.feed(input(name), tensor));
        Values metrics = target.under(Operations.METRIC);
        runner.fetch(target.get(Operations.LOSS))
                .fetch(target.get(Operations.OUTCOME))
                .fetch(target.get(Operations.NFE));
        metrics.operands().forEach(runner::fetch);
        boolean training = fedRate != null;
        if (fedRate != null) {
            runner.feed(operations.rate(), fedRate)
                    .fetch(target.get(Operations.NFE_BACKWARD))
                    .addTarget(operations.update());
        }
        try (Result result = runner.run()) {
            Map<String, Double> figures = new LinkedHashMap<>();
            int next = 3;
            for (String name : metrics.names()) {
                figures.put(name, Floats.read(result.get(next++))[0]);
            }
            return new Iteration(
                    Floats.read(result.get(0))[0],
                    Outcome.ofCode(integer(result.get(1))),
                    integer(result.get(2)),
                    training ? integer(result.get(next)) : 0,
                    figures);
        }
    }

    private Operand<?> input(String name) {
        Placeholder<?> placeholder = operations.inputs().get(name);
        if (placeholder == null) {
            throw new IllegalArgumentException("No input is called '" + name + "'; there are "
                    + operations.inputs().keySet());
        }
        return placeholder;
    }

    private static int integer(Tensor tensor) {
        return ((TInt32) tensor).getInt();
    }

    /** Writes parameters, states and the optimiser's variables to files with this prefix. */
    public void save(Path prefix) {
        operations.checkpoint().save(session, prefix);
    }

    /**
     * Reads them back.
     *
     * @throws IllegalArgumentException if the files are missing, damaged or of another model
     */
    public void restore(Path prefix) {
        operations.checkpoint().restore(session, prefix);
    }

    /** The graph, to which a finished model's predictions can be added. */
    public Ops tf() {
        return tf;
    }

    /** The session in which the parameters live. */
    public Session session() {
        return session;
    }

    /** The parameters as tensors. */
    public Values parameters() {
        return operations.read();
    }

    /** How many numbers are trained. */
    public long parameterCount() {
        return operations.parameters().count();
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
