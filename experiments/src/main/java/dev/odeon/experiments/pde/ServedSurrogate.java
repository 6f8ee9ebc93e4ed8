package dev.odeon.experiments.pde;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Values;
import dev.odeon.models.serving.ServedLoss;
import dev.odeon.models.serving.ServedModel;
import dev.odeon.models.serving.ServedTensor;
import dev.odeon.ode.Solution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** What a surrogate offers: the state one sample interval later, and the loss over a window of the training. */
final class ServedSurrogate {

    private static final String STATE = "state";
    private static final String NEXT = "next";
    private static final String FOLLOWING = "following";

    private ServedSurrogate() {}

    /**
     * Of an objective.
     *
     * @param points in space
     * @param length of the interval in space
     */
    static <T extends TFloating> ServedModel of(PdeObjective<T> objective, int points, double length) {
        Class<T> type = objective.type();
        int window = objective.window();
        String grid = " at " + points + " equidistant points of a periodic interval of length "
                + PdeSettings.plain(length) + ", in the equation's units without dimension";
        ServedTensor state = ServedTensor.rows(STATE, type, "u" + grid, points);
        ServedTensor following = ServedTensor.rows(
                FOLLOWING,
                type,
                "the " + window + " states that follow, " + PdeSettings.plain(objective.interval())
                        + " units of time apart, to compare with",
                window,
                points);
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put(NEXT, "u at the same points " + PdeSettings.plain(objective.interval()) + " units of time later");
        return new ServedModel(
                "Surrogate of a periodic equation: du/dt = G(u) + J u with a trained network G and a fixed stencil J",
                ServedModel.parametersOf(objective),
                List.of(state),
                outputs,
                (tf, given, parameters) -> {
                    Solution<T> solution = objective.window(tf, given.get(STATE, type), parameters, 1, Gradient.NONE);
                    return Values.of(NEXT, solution.last()).with(ServedModel.OUTCOME, solution.outcome());
                },
                Optional.of(new ServedLoss(
                        List.of(following),
                        "the mean over all states that follow, as in training",
                        ServedLoss.rows(objective.gradient(), objective.batch()),
                        (tf, given, parameters) -> loss(tf, objective, given, parameters, window))));
    }

    private static <T extends TFloating> Values loss(
            Ops tf, PdeObjective<T> objective, Values given, Values parameters, int window) {
        Class<T> type = objective.type();
        Solution<T> solution = objective.window(tf, given.get(STATE, type), parameters, window, objective.gradient());
        Operand<T> truth = given.get(FOLLOWING, type);
        Operand<T> loss =
                objective.loss(tf, Values.empty(), solution, k -> tf.gather(truth, tf.constant(k - 1), tf.constant(1)));
        return Values.of(ServedLoss.LOSS, loss).with(ServedModel.OUTCOME, solution.outcome());
    }
}
