package dev.odeon.models.training;

import dev.odeon.adjoint.Solution;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Checkpoint;
import dev.odeon.graph.parameters.DeviceData;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.graph.runtime.PeakMemory;
import dev.odeon.graph.runtime.Sessions;
import dev.odeon.models.optimisers.Clipping;
import dev.odeon.solvers.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
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

    private static final String LOSS = "loss";
    private static final String OUTCOME = "outcome";
    private static final String NFE = "nfe";
    private static final String NFE_BACKWARD = "nfe backward";
    private static final String METRIC = "metric/";
    private static final String GRADIENT = "gradient/";
    private static final String UPDATE = "update/";

    private final Class<T> type;
    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);
    private final Map<String, Placeholder<?>> inputs = new LinkedHashMap<>();
    private final Placeholder<T> rate;
    private final Parameters parameters;
    private final Values read;
    private final Values training;
    private final Values evaluation;
    private final Op update;
    private final Checkpoint checkpoint;
    private final Session session;

    /**
     * Builds the graph, copies the data to the device, and gives the parameters their first values.
     *
     * @param data tensors the objective reads by name in every iteration; may be closed afterwards
     */
    public TrainingGraph(Objective<T> objective, Map<String, ? extends TType> data, TrainingSettings settings) {
        this.type = objective.type();
        this.parameters = new Parameters(tf, settings.seed());
        Parameters states = new Parameters(tf, settings.seed());
        Parameters slots = new Parameters(tf, settings.seed());
        DeviceData resident = new DeviceData(tf);
        objective.declare(parameters);
        objective.declareStates(states);
        data.forEach(resident::declare);
        Values fed = Values.empty();
        for (TensorSpec spec : objective.inputs()) {
            Placeholder<?> placeholder = tf.placeholder(spec.type(), Placeholder.shape(spec.shape()));
            inputs.put(spec.name(), placeholder);
            fed = fed.withConstant(spec.name(), placeholder);
        }
        this.rate = tf.placeholder(type, Placeholder.shape(Shape.scalar()));
        this.read = parameters.read();
        Values all = read.and(constants(states.read())).and(resident.read()).and(fed);
        this.training =
                settings.compilation().run(tf, "training", all, (inner, values) -> train(inner, objective, values));
        this.evaluation = settings.compilation()
                .run(tf, "evaluation", all, (inner, values) -> evaluate(inner, objective, values));
        Values gradients = training.under(GRADIENT);
        if (Double.isFinite(settings.maxGradientNorm())) {
            gradients = Clipping.clip(tf, gradients, settings.maxGradientNorm());
        }
        this.update = update(settings, states, slots, gradients);
        this.checkpoint = new Checkpoint(tf, nonEmpty(parameters, states, slots));
        this.session = Sessions.open(graph);
        for (Parameters group : List.of(parameters, states, slots)) {
            session.run(group.initializer());
        }
        data.forEach((name, value) -> resident.load(session, name, value));
    }

    private Op update(TrainingSettings settings, Parameters states, Parameters slots, Values gradients) {
        // The loss is complete before a parameter changes, whatever the gradients depend on.
        Ops after = tf.withControlDependencies(List.of(training.get(LOSS)));
        List<Op> updates = new ArrayList<>();
        updates.add(settings.optimiser().apply(after, parameters, slots, gradients, rate));
        Values changed = training.under(UPDATE);
        for (String name : changed.names()) {
            updates.add(states.assign(name, floating(changed.get(name))));
        }
        return tf.withControlDependencies(updates).noOp();
    }

    private Values train(Ops inner, Objective<T> objective, Values values) {
        Values trained = subset(values, read);
        Score<T> score = objective.score(inner, values, trained, Phase.TRAINING);
        Values gradients = Gradients.of(inner, score.loss(), trained);
        // Backpropagation pulls each evaluation back once. A node of its own, since one run fetches both counts.
        Operand<TInt32> backward = score.solution()
                .backward()
                .map(Solution.BackwardStatistics::nfe)
                .orElseGet(() -> inner.identity(score.solution().statistics().nfe()));
        return report(score)
                .with(NFE_BACKWARD, backward)
                .and(gradients.prefixed(GRADIENT))
                .and(score.updates().prefixed(UPDATE));
    }

    private Values evaluate(Ops inner, Objective<T> objective, Values values) {
        return report(objective.score(inner, values, subset(values, read), Phase.EVALUATION));
    }

    private static Values report(Score<?> score) {
        return Values.of(LOSS, score.loss())
                .with(OUTCOME, score.solution().outcome())
                .with(NFE, score.solution().statistics().nfe())
                .and(score.metrics().prefixed(METRIC));
    }

    private static Values subset(Values values, Values names) {
        Values selected = Values.empty();
        for (String name : names.names()) {
            selected = selected.with(name, values.get(name));
        }
        return selected;
    }

    private static Values constants(Values values) {
        Values constants = Values.empty();
        for (String name : values.names()) {
            constants = constants.withConstant(name, values.get(name));
        }
        return constants;
    }

    private static Parameters[] nonEmpty(Parameters... groups) {
        return List.of(groups).stream().filter(group -> !group.all().isEmpty()).toArray(Parameters[]::new);
    }

    @SuppressWarnings("unchecked") // states are floating point
    private static Operand<? extends TFloating> floating(Operand<?> operand) {
        return (Operand<? extends TFloating>) operand;
    }

    /**
     * Runs one training iteration.
     *
     * @param fed a tensor for each of the objective's inputs
     */
    public Iteration train(Map<String, ? extends Tensor> fed, double learningRate) {
        try (T fedRate = Floats.tensor(type, Shape.scalar(), learningRate)) {
            return run(training, fed, fedRate);
        }
    }

    /** Runs one evaluation; the parameters stay as they are. */
    public Iteration evaluate(Map<String, ? extends Tensor> fed) {
        return run(evaluation, fed, null);
    }

    /**
     * Runs one training iteration at learning rate zero and tells how much memory it took at most.
     *
     * @param fed as for {@link #train}
     * @return bytes, without parameters and data
     */
    public long peakBytes(Map<String, ? extends Tensor> fed) {
        Session.Runner runner = session.runner();
        fed.forEach((name, tensor) -> runner.feed(input(name), tensor));
        try (T fedRate = Floats.tensor(type, Shape.scalar(), 0)) {
            return PeakMemory.measure(
                    runner.feed(rate, fedRate).fetch(training.get(LOSS)).addTarget(update));
        }
    }

    private Iteration run(Values target, Map<String, ? extends Tensor> fed, @Nullable Tensor fedRate) {
        if (!fed.keySet().equals(inputs.keySet())) {
            throw new IllegalArgumentException(
                    "The inputs " + fed.keySet() + " were given, but the objective reads " + inputs.keySet());
        }
        Session.Runner runner = session.runner();
        fed.forEach((name, tensor) -> runner.feed(input(name), tensor));
        Values metrics = target.under(METRIC);
        runner.fetch(target.get(LOSS)).fetch(target.get(OUTCOME)).fetch(target.get(NFE));
        metrics.operands().forEach(runner::fetch);
        boolean training = fedRate != null;
        if (fedRate != null) {
            runner.feed(rate, fedRate).fetch(target.get(NFE_BACKWARD)).addTarget(update);
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
        Placeholder<?> placeholder = inputs.get(name);
        if (placeholder == null) {
            throw new IllegalArgumentException("No input is called '" + name + "'; there are " + inputs.keySet());
        }
        return placeholder;
    }

    private static int integer(Tensor tensor) {
        return ((TInt32) tensor).getInt();
    }

    /** Writes parameters, states and the optimiser's variables to files with this prefix. */
    public void save(Path prefix) {
        checkpoint.save(session, prefix);
    }

    /**
     * Reads them back.
     *
     * @throws IllegalArgumentException if the files are missing, damaged or of another model
     */
    public void restore(Path prefix) {
        checkpoint.restore(session, prefix);
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
        return read;
    }

    /** How many numbers are trained. */
    public long parameterCount() {
        return parameters.count();
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
