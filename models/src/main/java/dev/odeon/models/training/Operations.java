package dev.odeon.models.training;

import dev.odeon.graph.Gradients;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Checkpoint;
import dev.odeon.graph.parameters.DeviceData;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.optimisers.Clipping;
import dev.odeon.ode.Solution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The operations of one training iteration and of one evaluation, as a {@link TrainingGraph} runs them.
 *
 * @param <T> element type of the loss
 */
final class Operations<T extends TFloating> {

    static final String LOSS = "loss";
    static final String OUTCOME = "outcome";
    static final String NFE = "nfe";
    static final String NFE_BACKWARD = "nfe backward";
    static final String METRIC = "metric/";
    private static final String GRADIENT = "gradient/";
    private static final String UPDATE = "update/";

    private final Ops tf;
    private final Map<String, Placeholder<?>> inputs = new LinkedHashMap<>();
    private final Placeholder<T> rate;
    private final Parameters parameters;
    private final Parameters states;
    private final Parameters slots;
    private final DeviceData resident;
    private final Values read;
    private final Values training;
    private final Values evaluation;
    private final Op update;
    private final Checkpoint checkpoint;

    /** Adds them all. */
    Operations(Ops tf, Objective<T> objective, Map<String, ? extends TType> data, TrainingSettings settings) {
        this.tf = tf;
        this.parameters = new Parameters(tf, settings.seed());
        this.states = new Parameters(tf, settings.seed());
        this.slots = new Parameters(tf, settings.seed());
        this.resident = new DeviceData(tf);
        objective.declare(parameters);
        objective.declareStates(states);
        data.forEach(resident::declare);
        Values fed = Values.empty();
        for (TensorSpec spec : objective.inputs()) {
            Placeholder<?> placeholder = tf.placeholder(spec.type(), Placeholder.shape(spec.shape()));
            inputs.put(spec.name(), placeholder);
            fed = fed.withConstant(spec.name(), placeholder);
        }
        this.rate = tf.placeholder(objective.type(), Placeholder.shape(Shape.scalar()));
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
        this.update = update(settings, gradients);
        this.checkpoint = new Checkpoint(tf, nonEmpty(parameters, states, slots));
    }

    /** Gives all variables their first values and copies the data to the device. */
    void initialize(Session session, Map<String, ? extends TType> data) {
        for (Parameters group : List.of(parameters, states, slots)) {
            session.run(group.initializer());
        }
        data.forEach((name, value) -> resident.load(session, name, value));
    }

    private Op update(TrainingSettings settings, Values gradients) {
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

    /** What is fed, by name. */
    Map<String, Placeholder<?>> inputs() {
        return inputs;
    }

    /** The learning rate, fed in training. */
    Placeholder<T> rate() {
        return rate;
    }

    /** What training changes by gradients. */
    Parameters parameters() {
        return parameters;
    }

    /** The parameters as tensors. */
    Values read() {
        return read;
    }

    /** What a training iteration reports. */
    Values training() {
        return training;
    }

    /** What an evaluation reports. */
    Values evaluation() {
        return evaluation;
    }

    /** Changes everything that training changes. */
    Op update() {
        return update;
    }

    /** Saves and restores it. */
    Checkpoint checkpoint() {
        return checkpoint;
    }
}
