package dev.odeon.models.training;

import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Checkpoint;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.graph.parameters.Parameters.Parameter;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * All variables that training changes; no name occurs twice.
 *
 * @param parameters changed by gradients
 * @param states changed by the objective
 * @param slots of the optimiser
 * @param averages of the parameters
 * @param sums of gradients that are joined
 */
record Variables(Parameters parameters, Parameters states, Parameters slots, Parameters averages, Parameters sums) {

    /** None yet. */
    static Variables none(Ops tf, long seed) {
        return new Variables(
                new Parameters(tf, seed),
                new Parameters(tf, seed),
                new Parameters(tf, seed),
                new Parameters(tf, seed),
                new Parameters(tf, seed));
    }

    private List<Parameters> groups() {
        return List.of(parameters, states, slots, averages, sums);
    }

    /** All that were declared. */
    Stream<Parameter> all() {
        return groups().stream().flatMap(group -> group.all().stream());
    }

    /** Gives all that were declared their first values. */
    void initialize(Session session) {
        groups().forEach(group -> session.run(group.initializer()));
    }

    /** Saves and restores all that were declared. */
    Checkpoint checkpoint(Ops tf) {
        return new Checkpoint(
                tf, groups().stream().filter(group -> !group.all().isEmpty()).toArray(Parameters[]::new));
    }

    /** Adds reads of all. */
    Values read() {
        Values values = Values.empty();
        for (Parameters group : groups()) {
            values = values.and(group.read());
        }
        return values;
    }

    /** Adds the assignment of new values to all of them. */
    Op assign(Ops tf, Values values) {
        return tf.withControlDependencies(groups().stream()
                        .flatMap(group -> group.all().stream()
                                .map(variable ->
                                        group.assign(variable.name(), values.get(variable.name(), variable.type()))))
                        .toList())
                .noOp();
    }

    /** Those of one group. */
    static Values of(Parameters group, Values all) {
        Values selected = Values.empty();
        for (Parameter variable : group.all()) {
            selected = selected.with(variable.name(), all.get(variable.name()));
        }
        return selected;
    }

    /** Those of one group, as constants for differentiation. */
    static Values constant(Parameters group, Values all) {
        Values selected = Values.empty();
        for (Parameter variable : group.all()) {
            selected = selected.withConstant(variable.name(), all.get(variable.name()));
        }
        return selected;
    }
}
