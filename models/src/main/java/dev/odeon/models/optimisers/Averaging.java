package dev.odeon.models.optimisers;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.graph.parameters.Parameters.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Whether a mean of the parameters over the iterations is kept beside them. */
public sealed interface Averaging {

    /** None is kept. */
    Averaging NONE = new None();

    /** No mean. */
    record None() implements Averaging {}

    /** Which parameters evaluations judge, and thereby the best epoch and what is predicted at the end. */
    enum Judged {
        /** Those that are trained. */
        TRAINED,
        /** Their mean. */
        AVERAGE
    }

    /**
     * The exponential moving mean: after each change of the parameters p the mean m becomes m + (1 - decay) (p - m).
     *
     * <p>It starts with the first values of the parameters. Source: Polyak, Juditsky, Acceleration of Stochastic
     * Approximation by Averaging, 1992, for the idea.
     *
     * @param decay weight of the past, in [0, 1)
     * @param judged by evaluations
     */
    record Exponential(double decay, Judged judged) implements Averaging {

        private static final String PREFIX = "average/";

        public Exponential {
            Objects.requireNonNull(judged, "judged");
            HyperParameters.requireMean("decay", decay);
        }

        /** Declares one variable for each parameter, which {@link #start} gives its first value. */
        public void declare(Parameters parameters, Parameters averages) {
            for (Parameter parameter : parameters.all()) {
                averages.declare(PREFIX + parameter.name(), parameter.type(), parameter.shape(), Initializer.zeros());
            }
        }

        /** Adds the operation that makes the means equal to the parameters. */
        public Op start(Ops tf, Parameters parameters, Parameters averages) {
            List<Op> assignments = new ArrayList<>();
            for (Parameter parameter : parameters.all()) {
                assignments.add(averages.assign(
                        PREFIX + parameter.name(), tf.readVariableOp(parameter.handle(), parameter.type())));
            }
            return tf.withControlDependencies(assignments).noOp();
        }

        /**
         * Adds one step of all means.
         *
         * @param updated after which the parameters have changed; where it did not run, no mean moves
         */
        public Op step(Ops tf, Parameters parameters, Parameters averages, Op updated) {
            Ops after = tf.withControlDependencies(List.of(updated));
            List<Op> steps = new ArrayList<>();
            for (Parameter average : averages.all()) {
                Parameter parameter = find(parameters, average.name().substring(PREFIX.length()));
                steps.add(step(after, parameter, average, parameter.type()));
            }
            return tf.withControlDependencies(steps).noOp();
        }

        private <T extends TFloating> Op step(Ops after, Parameter parameter, Parameter average, Class<T> type) {
            Operand<T> mean = after.readVariableOp(average.handle(), type);
            return after.assignVariableOp(
                    average.handle(), moved(after, mean, after.readVariableOp(parameter.handle(), type)));
        }

        /**
         * Adds the same step of tensors, such as a loop carries.
         *
         * @param parameters as they have become
         * @param means under the names that {@link #declare} gave them
         * @return the new means, under the same names
         */
        public Values next(Ops tf, Values parameters, Values means) {
            Values moved = Values.empty();
            for (String name : means.names()) {
                moved = moved.with(name, moved(tf, means.floating(name), parameters, averaged(name)));
            }
            return moved;
        }

        private <T extends TFloating> Operand<T> moved(Ops tf, Operand<T> mean, Values parameters, String name) {
            return moved(tf, mean, parameters.get(name, mean.type()));
        }

        private <T extends TFloating> Operand<T> moved(Ops tf, Operand<T> mean, Operand<T> parameter) {
            Operand<T> distance = tf.math.sub(parameter, mean);
            return tf.math.add(mean, tf.math.mul(distance, Floats.scalar(tf, mean.type(), 1 - decay)));
        }

        private static Parameter find(Parameters parameters, String name) {
            return parameters.all().stream()
                    .filter(parameter -> parameter.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "No parameter is called '" + name + "': declare the means of these parameters"));
        }

        /** The name of a parameter whose mean has this name. */
        public static String averaged(String name) {
            return name.substring(PREFIX.length());
        }
    }
}
