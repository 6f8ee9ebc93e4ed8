package dev.odeon.solvers.stepper;

import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.linearisation.Linearisation;
import dev.odeon.graph.linearisation.UncutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What the way back needs of an evaluation of the field, so that it need not evaluate it again.
 *
 * @param <T> element type of the state
 */
public final class FieldLinearisation<T extends TFloating> {

    private static final String TIME = "time";
    private static final String STATE = "state";
    private static final String THETA = "theta/";

    /** Whether the way back needs the states at which the field was evaluated, beside what the products read. */
    public enum States {
        /** For nothing else. */
        AS_READ,
        /** For the gradient of the linear part. */
        NEEDED
    }

    private final Class<T> type;
    private final Linearisation function;
    private final List<TensorSpec> recorded;

    private FieldLinearisation(Class<T> type, Linearisation function, List<TensorSpec> recorded) {
        this.type = type;
        this.function = function;
        this.recorded = recorded;
    }

    /**
     * That of a problem's field.
     *
     * @param time its specification, under any name
     * @param theta specifications of the parameters
     * @throws IllegalArgumentException if the field cannot be cut, with the reason and the remedy
     */
    public static <T extends TFloating> FieldLinearisation<T> of(
            Problem<T> problem, TensorSpec time, List<TensorSpec> theta, States states) {
        List<TensorSpec> inputs = new ArrayList<>();
        inputs.add(time.named(TIME));
        TensorSpec state = new TensorSpec(STATE, problem.type(), problem.shape(), true);
        inputs.add(state);
        List<String> targets = new ArrayList<>(List.of(STATE));
        for (TensorSpec spec : theta) {
            inputs.add(spec.named(THETA + spec.name()));
            if (spec.differentiable()) {
                targets.add(THETA + spec.name());
            }
        }
        try {
            Linearisation function = Linearisation.of(
                    inputs,
                    Set.of(TIME, STATE),
                    targets,
                    (tf, values) -> problem.evaluate(
                            tf,
                            values.get(TIME, problem.type()),
                            values.get(STATE, problem.type()),
                            values.under(THETA)));
            List<TensorSpec> recorded = new ArrayList<>(function.recorded());
            if (states == States.NEEDED || function.reads(STATE)) {
                if (state.shape().isUnknown() || state.shape().hasUnknownDimension()) {
                    throw refused("the state has the shape " + state.shape() + ", which must be known", null);
                }
                recorded.add(state);
            }
            return new FieldLinearisation<>(problem.type(), function, List.copyOf(recorded));
        } catch (UncutException e) {
            throw refused(String.valueOf(e.getMessage()), e);
        }
    }

    private static IllegalArgumentException refused(String because, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "The linearisations of the field cannot be stored: " + because
                        + "; take Checkpointing.storeAll() or storeStages()",
                cause);
    }

    /** What is recorded of one evaluation. */
    public List<TensorSpec> recorded() {
        return recorded;
    }

    /** What is recorded of an evaluation that was added with parameters. */
    public Values recorded(Evaluation<T> evaluation, Values theta) {
        Values arguments = theta.prefixed(THETA).with(TIME, evaluation.time()).with(STATE, evaluation.state());
        Values found;
        try {
            found = function.recorded(arguments, evaluation.rate());
        } catch (UncutException e) {
            throw refused(String.valueOf(e.getMessage()), e);
        }
        boolean withState = recorded.stream().anyMatch(spec -> spec.name().equals(STATE));
        return withState ? found.with(STATE, evaluation.state()) : found;
    }

    /** The state of an evaluation, where it was recorded. */
    public Operand<T> state(Values recordedValues) {
        return recordedValues.get(STATE, type);
    }

    /**
     * Adds the vector-Jacobian product.
     *
     * @param time of the evaluation, asked for where it is read
     * @return with respect to the state, and to the parameters that have a gradient; null where the field does not depend on
     *     one
     */
    public List<@Nullable Operand<?>> product(
            Ops tf, Supplier<Operand<T>> time, Values theta, Values recordedValues, Operand<T> weight) {
        Values arguments = theta.prefixed(THETA);
        if (function.reads(TIME)) {
            arguments = arguments.with(TIME, time.get());
        }
        if (function.reads(STATE)) {
            arguments = arguments.with(STATE, state(recordedValues));
        }
        return function.product(tf, arguments, recordedValues, weight);
    }
}
