package dev.odeon.models.training;

import dev.odeon.graph.Compilation;
import dev.odeon.graph.CompilationChoice;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Checkpoint;
import dev.odeon.graph.parameters.DeviceData;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.optimisers.Averaging;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The operations of training iterations and of one evaluation, as a {@link TrainingGraph} runs them.
 *
 * @param <T> element type of the loss
 */
final class Operations<T extends TFloating> {

    private final Set<String> trained;
    private final Map<String, Placeholder<?>> evaluated;
    private final Variables variables;
    private final DeviceData resident;
    private final Values judged;
    private final Values evaluation;
    private final Iterations iterations;
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
        this.variables = Variables.none(tf, settings.seed());
        this.resident = new DeviceData(tf);
        objective.declare(variables.parameters());
        objective.declareStates(variables.states());
        data.forEach(resident::declare);
        List<TensorSpec> declared = objective.inputs();
        List<String> names = declared.stream().map(TensorSpec::name).toList();
        Map<String, Placeholder<?>> own = placeholders(tf, declared);
        List<TensorSpec> ofBatch = trainingColumns.inputs(objective.type(), names);
        Map<String, Placeholder<?>> ofEvaluation = placeholders(tf, evaluationColumns.inputs(objective.type(), names));
        Values read = variables.parameters().read();
        Averaging.@Nullable Exponential mean =
                settings.averaging() instanceof Averaging.Exponential exponential ? exponential : null;
        this.judged = mean == null ? read : judged(mean, read);
        Values stored = resident.read();
        Values shared = BatchColumns.shared(stored, trainingColumns, evaluationColumns);
        Values common = Variables.constant(
                        variables.states(), variables.states().read())
                .and(shared);
        IterationBody<T> body = new IterationBody<>(objective, settings, variables.parameters());
        List<TensorSpec> all = new ArrayList<>(declared);
        all.addAll(ofBatch);
        CompilationChoice chosen =
                chosen(settings, body, read.and(common), trainingColumns.own(stored), all, trainingColumns);
        int most = settings.atOnce().iterations(chosen.compilation());
        if (most == 1) {
            Map<String, Placeholder<?>> ofTraining = placeholders(tf, ofBatch);
            Values columns = trainingColumns.values(tf, stored, constants(ofTraining));
            Compilation.Decided decided = chosen.build(
                    tf, "training", read.and(common).and(constants(own)).and(columns), body::train);
            this.choice = decided.choice();
            this.iterations = new SingleIteration<>(
                    tf, objective.type(), decided.values(), variables, joined(own, ofTraining), settings);
        } else {
            IterationLoop<T> loop = new IterationLoop<>(
                    tf,
                    chosen,
                    most,
                    objective.type(),
                    body,
                    variables,
                    shared.and(trainingColumns.own(stored)),
                    shared,
                    all,
                    trainingColumns,
                    settings);
            this.choice = loop.choice();
            this.iterations = loop;
        }
        this.trained = all.stream().map(TensorSpec::name).collect(Collectors.toUnmodifiableSet());
        this.evaluated = joined(own, ofEvaluation);
        Values columns = evaluationColumns.values(tf, stored, constants(ofEvaluation));
        this.evaluation = choice.compilation()
                .run(tf, "evaluation", judged.and(common).and(constants(own)).and(columns), body::evaluate);
        this.averagesStart = mean == null ? null : mean.start(tf, variables.parameters(), variables.averages());
        this.checkpoint = variables.checkpoint(tf);
    }

    /** Who will run the iterations, as far as can be told from one of them. */
    private static CompilationChoice chosen(
            TrainingSettings settings,
            IterationBody<?> body,
            Values read,
            Values rows,
            List<TensorSpec> fed,
            BatchColumns columns) {
        List<TensorSpec> arguments = new ArrayList<>(read.and(rows).specs());
        arguments.addAll(fed);
        return settings.compilation().choose(arguments, (inner, values) -> {
            Values seen = Values.empty();
            for (TensorSpec each : read.specs()) {
                seen = seen.with(each.name(), values.get(each.name()));
            }
            Values batch = Values.empty();
            for (TensorSpec each : fed) {
                batch = batch.withConstant(each.name(), values.get(each.name()));
            }
            return body.train(inner, seen.and(columns.values(inner, values, batch)));
        });
    }

    private static Map<String, Placeholder<?>> placeholders(Ops tf, List<TensorSpec> specs) {
        Map<String, Placeholder<?>> placeholders = new LinkedHashMap<>();
        for (TensorSpec spec : specs) {
            placeholders.put(spec.name(), tf.placeholder(spec.type(), Placeholder.shape(spec.shape())));
        }
        return placeholders;
    }

    private static Map<String, Placeholder<?>> joined(
            Map<String, Placeholder<?>> some, Map<String, Placeholder<?>> others) {
        Map<String, Placeholder<?>> all = new LinkedHashMap<>(some);
        all.putAll(others);
        return all;
    }

    private static Values constants(Map<String, Placeholder<?>> placeholders) {
        Values constants = Values.empty();
        for (Map.Entry<String, Placeholder<?>> entry : placeholders.entrySet()) {
            constants = constants.withConstant(entry.getKey(), entry.getValue());
        }
        return constants;
    }

    private Values judged(Averaging.Exponential mean, Values read) {
        mean.declare(variables.parameters(), variables.averages());
        if (mean.judged() == Averaging.Judged.TRAINED) {
            return read;
        }
        Values means = variables.averages().read();
        Values named = Values.empty();
        for (String name : means.names()) {
            named = named.with(Averaging.Exponential.averaged(name), means.get(name));
        }
        return named;
    }

    /** Gives all variables their first values and copies the data to the device. */
    void initialize(Session session, Map<String, ? extends TType> data) {
        variables.initialize(session);
        if (averagesStart != null) {
            session.run(averagesStart);
        }
        data.forEach((name, value) -> resident.load(session, name, value));
    }

    /** The names of what a training iteration is fed. */
    Set<String> trained() {
        return trained;
    }

    /** What an evaluation is fed, by name. */
    Map<String, Placeholder<?>> evaluated() {
        return evaluated;
    }

    /** Those that train. */
    Iterations iterations() {
        return iterations;
    }

    /** What training changes by gradients. */
    Parameters parameters() {
        return variables.parameters();
    }

    /** The parameters that evaluations judge, as tensors. */
    Values judged() {
        return judged;
    }

    /** What an evaluation computes. */
    Values evaluation() {
        return evaluation;
    }

    /** Who runs iterations and evaluations, and why. */
    CompilationChoice choice() {
        return choice;
    }

    /** Saves and restores everything that training changes. */
    Checkpoint checkpoint() {
        return checkpoint;
    }
}
