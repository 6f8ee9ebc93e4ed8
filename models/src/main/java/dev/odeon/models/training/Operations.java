package dev.odeon.models.training;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.CompilationChoice;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Checkpoint;
import dev.odeon.graph.parameters.DeviceData;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.optimisers.Averaging;
import dev.odeon.models.optimisers.Clipping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The operations of one training iteration and of one evaluation, as a {@link TrainingGraph} runs them.
 *
 * @param <T> element type of the loss
 */
final class Operations<T extends TFloating> {

    private static final String GRADIENT = "gradient/";
    private static final String UPDATE = "update/";

    private final Ops tf;
    private final Map<Phase, Map<String, Placeholder<?>>> inputs;
    private final Placeholder<T> rate;
    private final Parameters parameters;
    private final Parameters states;
    private final Parameters slots;
    private final Parameters averages;
    private final Parameters sums;
    private final DeviceData resident;
    private final Values read;
    private final Values judged;
    private final Values training;
    private final Values evaluation;
    private final Op update;
    private final @Nullable Op accumulation;
    private final @Nullable Settlement settlement;
    private final @Nullable Op averagesStart;
    private final Checkpoint checkpoint;
    private final CompilationChoice choice;

    /** Adds them all. */
    Operations(
            Ops tf,
            Objective<T> objective,
            Map<String, ? extends TType> data,
            BatchColumns trainingColumns,
            BatchColumns evaluationColumns,
            TrainingSettings settings) {
        this.tf = tf;
        this.parameters = new Parameters(tf, settings.seed());
        this.states = new Parameters(tf, settings.seed());
        this.slots = new Parameters(tf, settings.seed());
        this.averages = new Parameters(tf, settings.seed());
        this.sums = new Parameters(tf, settings.seed());
        this.resident = new DeviceData(tf);
        objective.declare(parameters);
        objective.declareStates(states);
        data.forEach(resident::declare);
        Map<String, Placeholder<?>> trainingInputs = new LinkedHashMap<>();
        Values fed = Values.empty();
        for (TensorSpec spec : objective.inputs()) {
            Placeholder<?> placeholder = tf.placeholder(spec.type(), Placeholder.shape(spec.shape()));
            trainingInputs.put(spec.name(), placeholder);
            fed = fed.withConstant(spec.name(), placeholder);
        }
        Map<String, Placeholder<?>> evaluationInputs = new LinkedHashMap<>(trainingInputs);
        this.inputs = Map.of(Phase.TRAINING, trainingInputs, Phase.EVALUATION, evaluationInputs);
        this.rate = tf.placeholder(objective.type(), Placeholder.shape(Shape.scalar()));
        this.read = parameters.read();
        Averaging.@Nullable Exponential mean =
                settings.averaging() instanceof Averaging.Exponential exponential ? exponential : null;
        this.judged = mean == null ? read : judged(mean);
        Values stored = resident.read();
        Values common = constants(states.read())
                .and(BatchColumns.shared(stored, trainingColumns, evaluationColumns))
                .and(fed);
        Compilation.Decided decided = settings.compilation()
                .decide(
                        tf,
                        "training",
                        read.and(common).and(trainingColumns.add(tf, objective.type(), stored, trainingInputs)),
                        (inner, values) -> train(inner, objective, values, settings));
        Values iteration = decided.values();
        this.choice = decided.choice();
        this.evaluation = choice.compilation()
                .run(
                        tf,
                        "evaluation",
                        judged.and(common).and(evaluationColumns.add(tf, objective.type(), stored, evaluationInputs)),
                        (inner, values) -> evaluate(inner, objective, values));
        Values gradients = iteration.under(GRADIENT);
        Accumulators accumulators = settings.accumulation() == 1
                ? null
                : new Accumulators(tf, sums, parameters, gradients, iteration.get(Reported.WEIGHT, objective.type()));
        Values received = settings.clipping().clip(tf, accumulators == null ? gradients : accumulators.joined());
        Operand<TBool> good = iteration.get(Reported.GOOD, TBool.class);
        if (!asTheyAre(settings)) {
            good = tf.math.logicalAnd(good, Guard.finite(tf, received, Values.empty()));
        }
        this.training = iteration.with(Reported.GOOD, good);
        Guard guard = new Guard(good);
        List<Op> always = stateUpdates(guard);
        this.accumulation = accumulators == null ? null : joined(always, accumulators.add(guard));
        // The loss is complete before a parameter changes, whatever the gradients depend on.
        Ops after = tf.withControlDependencies(List.of(training.get(Reported.LOSS)));
        Values kept = guard.kept(tf, received);
        Op changed = settings.optimiser().apply(after, parameters, slots, kept, rate);
        List<Op> more = new ArrayList<>(List.of(changed));
        if (accumulators != null) {
            more.addAll(accumulators.reset(changed));
        }
        if (mean != null) {
            more.add(mean.step(tf, parameters, averages, changed));
        }
        this.averagesStart = mean == null ? null : mean.start(tf, parameters, averages);
        this.update = joined(always, more);
        this.settlement = accumulators == null
                ? null
                : new Settlement(
                        accumulators.stored(),
                        accumulators.withoutThis(),
                        iteration.get(Reported.GOOD, TBool.class),
                        joined(more, List.of()));
        this.checkpoint = new Checkpoint(tf, nonEmpty(parameters, states, slots, averages, sums));
    }

    /** Whether the optimiser receives the gradients of single iterations, neither joined nor clipped. */
    private static boolean asTheyAre(TrainingSettings settings) {
        return settings.accumulation() == 1 && settings.clipping() instanceof Clipping.None;
    }

    private Values judged(Averaging.Exponential mean) {
        mean.declare(parameters, averages);
        if (mean.judged() == Averaging.Judged.TRAINED) {
            return read;
        }
        Values means = averages.read();
        Values named = Values.empty();
        for (String name : means.names()) {
            named = named.with(Averaging.Exponential.averaged(name), means.get(name));
        }
        return named;
    }

    /** Gives all variables their first values and copies the data to the device. */
    void initialize(Session session, Map<String, ? extends TType> data) {
        for (Parameters group : List.of(parameters, states, slots, averages, sums)) {
            session.run(group.initializer());
        }
        if (averagesStart != null) {
            session.run(averagesStart);
        }
        data.forEach((name, value) -> resident.load(session, name, value));
    }

    private List<Op> stateUpdates(Guard guard) {
        List<Op> updates = new ArrayList<>();
        Values changed = training.under(UPDATE);
        for (String name : changed.names()) {
            updates.add(states.assign(name, guard.kept(tf, changed.get(name))));
        }
        return updates;
    }

    private Op joined(List<Op> some, List<Op> others) {
        List<Op> all = new ArrayList<>(some);
        all.addAll(others);
        return tf.withControlDependencies(all).noOp();
    }

    private Values train(Ops inner, Objective<T> objective, Values values, TrainingSettings settings) {
        Values trained = subset(values, read);
        Score<T> score = objective.score(inner, values, trained, Phase.TRAINING);
        Values gradients = Gradients.of(inner, score.loss(), trained);
        Operand<T> weight = Reported.weight(inner, score, values);
        if (weight == null && settings.accumulation() > 1) {
            weight = Floats.scalar(inner, objective.type(), 1);
        }
        Values told = Reported.training(inner, score, weight);
        Values besides = score.updates().prefixed(UPDATE);
        if (weight != null) {
            besides = besides.with(Reported.WEIGHT, weight);
        }
        // What becomes of the gradients outside is looked at there; clipping makes a number even of an infinite one.
        Operand<TBool> finite = asTheyAre(settings)
                ? Guard.finite(inner, gradients, besides)
                : Guard.finite(inner, Values.empty(), besides.and(gradients.prefixed(GRADIENT)));
        Operand<TBool> good = inner.math.logicalAnd(told.get(Reported.GOOD, TBool.class), finite);
        return told.with(Reported.GOOD, good)
                .and(gradients.prefixed(GRADIENT))
                .and(score.updates().prefixed(UPDATE));
    }

    private Values evaluate(Ops inner, Objective<T> objective, Values values) {
        Score<T> score = objective.score(inner, values, subset(values, read), Phase.EVALUATION);
        return Reported.evaluation(score, Reported.weight(inner, score, values));
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

    /** What is fed in a phase, by name. */
    Map<String, Placeholder<?>> inputs(Phase phase) {
        return Objects.requireNonNull(inputs.get(phase), "phase");
    }

    /** The learning rate, fed where the parameters change. */
    Placeholder<T> rate() {
        return rate;
    }

    /** What training changes by gradients. */
    Parameters parameters() {
        return parameters;
    }

    /** The parameters that evaluations judge, as tensors. */
    Values judged() {
        return judged;
    }

    /** What a training iteration computes. */
    Values training() {
        return training;
    }

    /** What an evaluation computes. */
    Values evaluation() {
        return evaluation;
    }

    /** Changes everything that training changes. */
    Op update() {
        return update;
    }

    /**
     * Adds the gradients to those of the iterations before.
     *
     * @throws IllegalStateException if the settings join no gradients
     */
    Op accumulation() {
        if (accumulation == null) {
            throw new IllegalStateException("the gradients of single iterations are used as they are");
        }
        return accumulation;
    }

    /**
     * Changes the parameters by the gradients of the iterations before alone.
     *
     * @throws IllegalStateException if the settings join no gradients
     */
    Settlement settlement() {
        if (settlement == null) {
            throw new IllegalStateException("the gradients of single iterations are used as they are");
        }
        return settlement;
    }

    /** Who runs iterations and evaluations, and why. */
    CompilationChoice choice() {
        return choice;
    }

    /** Saves and restores it. */
    Checkpoint checkpoint() {
        return checkpoint;
    }
}
