package dev.odeon.models.training;

import dev.odeon.graph.CompilationChoice;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.runtime.PeakMemory;
import dev.odeon.graph.runtime.Sessions;
import dev.odeon.models.training.runs.Iteration;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The graph of one training iteration and of one evaluation, and the session that holds the parameters.
 *
 * <p>An iteration is one run: forward solves, loss, gradient, clipping, optimiser. One that fails changes nothing. Owns graph
 * and session: close it.
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
        this(objective, data, BatchColumns.none(Phase.TRAINING), BatchColumns.none(Phase.EVALUATION), settings);
    }

    /**
     * The same with batches.
     *
     * @param data also the rows that lie on the device
     */
    TrainingGraph(
            Objective<T> objective,
            Map<String, ? extends TType> data,
            BatchColumns training,
            BatchColumns evaluation,
            TrainingSettings settings) {
        this.type = objective.type();
        try {
            this.operations = new Operations<>(tf, objective, data, training, evaluation, settings);
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
     * <p>The parameters change only if the iteration is {@link Iteration#good good}. Where the settings join gradients, those
     * of the iterations since the last change count, too.
     *
     * @param fed a tensor for each of the objective's inputs
     */
    public Iteration train(Map<String, ? extends Tensor> fed, double learningRate) {
        return train(fed, learningRate, 0, 0);
    }

    /** The same with a batch, some of whose rows count. */
    Iteration train(Map<String, ? extends Tensor> fed, double learningRate, int batch, int counting) {
        try (T fedRate = Floats.tensor(type, Shape.scalar(), learningRate)) {
            Session.Runner runner =
                    runner(Phase.TRAINING, fed).feed(operations.rate(), fedRate).addTarget(operations.update());
            return Reported.run(runner, operations.training(), batch, counting);
        }
    }

    /**
     * Runs one training iteration that only adds its gradients to those before, for the next {@link #train}.
     *
     * @param fed a tensor for each of the objective's inputs
     * @throws IllegalStateException if the settings join no gradients
     */
    public Iteration accumulate(Map<String, ? extends Tensor> fed) {
        return accumulate(fed, 0, 0);
    }

    /** The same with a batch, some of whose rows count. */
    Iteration accumulate(Map<String, ? extends Tensor> fed, int batch, int counting) {
        Session.Runner runner = runner(Phase.TRAINING, fed).addTarget(operations.accumulation());
        return Reported.run(runner, operations.training(), batch, counting);
    }

    /**
     * Changes the parameters by the gradients that were {@link #accumulate accumulated}, without those of an iteration that
     * should have done so and failed; nothing happens where there are none.
     *
     * @param fed what that iteration was fed
     * @throws IllegalStateException if the settings join no gradients
     */
    public void settle(Map<String, ? extends Tensor> fed, double learningRate) {
        Settlement settlement = operations.settlement();
        if (settlement.waiting(session)) {
            try (T fedRate = Floats.tensor(type, Shape.scalar(), learningRate)) {
                settlement.run(runner(Phase.TRAINING, fed).feed(operations.rate(), fedRate));
            }
        }
    }

    /** Runs one evaluation; the parameters stay as they are. */
    public Iteration evaluate(Map<String, ? extends Tensor> fed) {
        return evaluate(fed, 0, 0);
    }

    /** The same with a batch, some of whose rows count. */
    Iteration evaluate(Map<String, ? extends Tensor> fed, int batch, int counting) {
        return Reported.run(runner(Phase.EVALUATION, fed), operations.evaluation(), batch, counting);
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
        try (T fedRate = Floats.tensor(type, Shape.scalar(), 0)) {
            PeakMemory peak = PeakMemory.measure(runner(Phase.TRAINING, fed)
                    .feed(operations.rate(), fedRate)
                    .fetch(operations.training().get(Reported.LOSS))
                    .addTarget(operations.update()));
            return peak.whole() ? OptionalLong.of(peak.bytes()) : OptionalLong.empty();
        }
    }

    private Session.Runner runner(Phase phase, Map<String, ? extends Tensor> fed) {
        Map<String, Placeholder<?>> inputs = operations.inputs(phase);
        if (!fed.keySet().equals(inputs.keySet())) {
            throw new IllegalArgumentException(
                    "The inputs " + fed.keySet() + " were given, but the objective reads " + inputs.keySet());
        }
        Session.Runner runner = session.runner();
        fed.forEach((name, tensor) -> runner.feed(Objects.requireNonNull(inputs.get(name)), tensor));
        return runner;
    }

    /** Writes parameters, states, the optimiser's variables, means and joined gradients to files with this prefix. */
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

    /** The parameters that evaluations judge, as tensors: those that are trained, or their mean. */
    public Values parameters() {
        return operations.judged();
    }

    /** Who runs iterations and evaluations, and why. */
    public CompilationChoice compilation() {
        return operations.choice();
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
