package dev.odeon.models.training;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.optimisers.Clipping;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * What an iteration computes before anything changes: loss, gradients, new states, and what it tells.
 *
 * @param <T> element type of the loss
 */
final class IterationBody<T extends TFloating> {

    private static final String GRADIENT = "gradient/";
    private static final String UPDATE = "update/";

    private final Objective<T> objective;
    private final TrainingSettings settings;
    private final Parameters parameters;

    /** @param parameters that are trained */
    IterationBody(Objective<T> objective, TrainingSettings settings, Parameters parameters) {
        this.objective = objective;
        this.settings = settings;
        this.parameters = parameters;
    }

    /** The gradients of an iteration, under the names of the parameters. */
    static Values gradients(Values iteration) {
        return iteration.under(GRADIENT);
    }

    /** The new values of states, under their names. */
    static Values updates(Values iteration) {
        return iteration.under(UPDATE);
    }

    /** Whether the optimiser receives the gradients of single iterations, neither joined nor clipped. */
    static boolean asTheyAre(TrainingSettings settings) {
        return settings.accumulation() == 1 && settings.clipping() instanceof Clipping.None;
    }

    /**
     * Adds a training iteration.
     *
     * @param values of parameters, states, data and inputs
     */
    Values train(Ops inner, Values values) {
        Values trained = Variables.of(parameters, values);
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
        // What becomes of the gradients afterwards is looked at there; clipping makes a number even of an infinite one.
        Operand<TBool> finite = asTheyAre(settings)
                ? Guard.finite(inner, gradients, besides)
                : Guard.finite(inner, Values.empty(), besides.and(gradients.prefixed(GRADIENT)));
        Operand<TBool> good = inner.math.logicalAnd(told.get(Reported.GOOD, TBool.class), finite);
        return told.with(Reported.GOOD, good)
                .and(gradients.prefixed(GRADIENT))
                .and(score.updates().prefixed(UPDATE));
    }

    /** Adds an evaluation. */
    Values evaluate(Ops inner, Values values) {
        Score<T> score = objective.score(inner, values, Variables.of(parameters, values), Phase.EVALUATION);
        return Reported.evaluation(score, Reported.weight(inner, score, values));
    }
}
