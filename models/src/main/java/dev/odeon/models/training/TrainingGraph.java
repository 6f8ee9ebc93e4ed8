package dev.odeon.models.training;

import dev.odeon.graph.CompilationChoice;
import dev.odeon.graph.Values;
import dev.odeon.graph.runtime.PeakMemory;
import dev.odeon.graph.runtime.Sessions;
import dev.odeon.models.training.runs.Iteration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The graph of training iterations and of one evaluation, and the session that holds the parameters.
 *
 * <p>An iteration is one run, or part of one with several ({@link AtOnce}): forward solves, loss, gradient, clipping, optimiser. One that fails changes nothing. Owns graph
 * and session: close it.
 *
 * @param <T> element type of the loss
 */
public final class TrainingGraph<T extends TFloating> implements AutoCloseable {

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
        return train(List.of(new Fed(fed, learningRate, Fed.Use.CHANGE, 0, 0))).get(0);
    }

    /**
     * Runs some training iterations, several in one run where the settings say so.
     *
     * @param fed for each of them a tensor for each of the objective's inputs
     * @param learningRates one for each
     * @return what they told, in order; an iteration that fails changes nothing, and is the last
     */
    public List<Iteration> train(List<? extends Map<String, ? extends Tensor>> fed, double... learningRates) {
        if (fed.isEmpty() || fed.size() != learningRates.length) {
            throw new IllegalArgumentException(fed.size() + " iterations are fed, with " + learningRates.length
                    + " learning rates: give one rate for each of one or more iterations");
        }
        List<Fed> all = new ArrayList<>();
        for (int i = 0; i < learningRates.length; i++) {
            all.add(new Fed(fed.get(i), learningRates[i], Fed.Use.CHANGE, 0, 0));
        }
        return train(all);
    }

    /** The same with batches, some of whose rows count, and gradients that may wait. */
    List<Iteration> train(List<Fed> fed) {
        fed.forEach(each -> require(each.tensors(), operations.trained()));
        return operations.iterations().train(session, fed);
    }

    /** At most how many training iterations are one run. */
    public int atOnce() {
        return operations.iterations().most();
    }

    /**
     * Runs one training iteration that only adds its gradients to those before, for the next {@link #train}.
     *
     * @param fed a tensor for each of the objective's inputs
     * @throws IllegalStateException if the settings join no gradients
     */
    public Iteration accumulate(Map<String, ? extends Tensor> fed) {
        return train(List.of(new Fed(fed, 0, Fed.Use.ADD, 0, 0))).get(0);
    }

    /**
     * Changes the parameters by the gradients that were {@link #accumulate accumulated}, without those of an iteration that
     * should have done so and failed; nothing happens where there are none.
     *
     * @param fed what that iteration was fed
     * @throws IllegalStateException if the settings join no gradients
     */
    public void settle(Map<String, ? extends Tensor> fed, double learningRate) {
        require(fed, operations.trained());
        operations.iterations().settle(session, fed, learningRate);
    }

    /** Runs one evaluation; the parameters stay as they are. */
    public Iteration evaluate(Map<String, ? extends Tensor> fed) {
        return evaluate(fed, 0, 0);
    }

    /** The same with a batch, some of whose rows count. */
    Iteration evaluate(Map<String, ? extends Tensor> fed, int batch, int counting) {
        Map<String, Placeholder<?>> inputs = operations.evaluated();
        require(fed, inputs.keySet());
        Session.Runner runner = session.runner();
        fed.forEach((name, tensor) -> runner.feed(Objects.requireNonNull(inputs.get(name)), tensor));
        return Reported.run(runner, operations.evaluation(), batch, counting);
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
        require(fed, operations.trained());
        PeakMemory peak =
                operations.iterations().running(session, new Fed(fed, 0, Fed.Use.CHANGE, 0, 0), PeakMemory::measure);
        return peak.whole() ? OptionalLong.of(peak.bytes()) : OptionalLong.empty();
    }

    private static void require(Map<String, ? extends Tensor> fed, Set<String> inputs) {
        if (!fed.keySet().equals(inputs)) {
            throw new IllegalArgumentException(
                    "The inputs " + fed.keySet() + " were given, but the objective reads " + inputs);
        }
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
