package dev.odeon.models.training;

import dev.odeon.graph.Values;
import dev.odeon.models.optimisers.Averaging;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * What an iteration makes of everything that training changes, as tensors: to rounding what {@link SingleIteration} makes of
 * variables.
 *
 * @param variables that were declared, for their names
 * @param settings of the training
 */
record NextValues(Variables variables, TrainingSettings settings) {

    /**
     * What is known after an iteration.
     *
     * @param good whether it changed anything, scalar
     * @param values of all variables
     */
    record Step(Operand<TBool> good, Values values) {}

    /** Declares what the optimiser remembers and where joined gradients wait. */
    void declare() {
        settings.optimiser().declare(variables.parameters(), variables.slots());
        if (settings.accumulation() > 1) {
            JoinedGradients.declare(variables.parameters(), variables.sums());
        }
    }

    /**
     * Adds the step after an iteration.
     *
     * @param present values of all variables
     * @param iteration from {@link IterationBody#train}
     * @param changes whether its gradients change the parameters, scalar; null where those of each iteration do
     */
    Step after(
            Ops tf,
            Values present,
            Values iteration,
            Operand<? extends TFloating> rate,
            @Nullable Operand<TBool> changes) {
        return after(
                tf,
                present,
                IterationBody.gradients(iteration),
                iteration.contains(Reported.WEIGHT) ? iteration.get(Reported.WEIGHT) : null,
                IterationBody.updates(iteration),
                iteration.get(Reported.GOOD, TBool.class),
                rate,
                changes);
    }

    /** Adds the change of the parameters by the gradients that wait, without an iteration. */
    Step settled(Ops tf, Values present, Operand<? extends TFloating> rate) {
        Values nothing = Values.empty();
        for (String name : Variables.of(variables.parameters(), present).names()) {
            nothing = nothing.with(name, tf.zerosLike(present.get(name)));
        }
        return after(
                tf, present, nothing, tf.constant(0.0), Values.empty(), tf.constant(true), rate, tf.constant(true));
    }

    private Step after(
            Ops tf,
            Values present,
            Values gradients,
            @Nullable Operand<?> weight,
            Values updates,
            Operand<TBool> successful,
            Operand<? extends TFloating> rate,
            @Nullable Operand<TBool> changes) {
        Values parameters = Variables.of(variables.parameters(), present);
        Values slots = Variables.of(variables.slots(), present);
        Values sums = Variables.of(variables.sums(), present);
        Values averages = Variables.of(variables.averages(), present);
        boolean joins = settings.accumulation() > 1;
        Values weighted = joins
                ? JoinedGradients.weighted(
                        tf, gradients, tf.dtypes.cast(Objects.requireNonNull(weight), TFloat64.class))
                : Values.empty();
        Values received = settings.clipping().clip(tf, joins ? JoinedGradients.mean(tf, sums, weighted) : gradients);
        Operand<TBool> good = IterationBody.asTheyAre(settings)
                ? successful
                : tf.math.logicalAnd(successful, Guard.finite(tf, received, Values.empty()));
        Values changed = settings.optimiser().next(tf, parameters, slots, received, rate);
        if (settings.averaging() instanceof Averaging.Exponential mean) {
            changed = changed.and(mean.next(tf, changed, averages));
        }
        Operand<TBool> moves = changes == null ? good : tf.math.logicalAnd(good, changes);
        Values next = present;
        for (String name : changed.names()) {
            next = next.with(name, chosen(tf, moves, changed.floating(name), present, name));
        }
        for (String name : updates.names()) {
            next = next.with(name, chosen(tf, good, updates.floating(name), present, name));
        }
        if (joins) {
            Values added = JoinedGradients.added(tf, sums, weighted);
            Operand<TBool> always = Objects.requireNonNull(changes);
            for (String name : sums.names()) {
                Operand<? extends TFloating> none = tf.zerosLike(sums.floating(name));
                next = next.with(name, chosen(tf, good, chosen(tf, always, none, added, name), present, name));
            }
        }
        return new Step(good, next);
    }

    private static <T extends TFloating> Operand<T> chosen(
            Ops tf, Operand<TBool> condition, Operand<T> yes, Values others, String name) {
        return tf.select(condition, yes, others.get(name, yes.type()));
    }
}
