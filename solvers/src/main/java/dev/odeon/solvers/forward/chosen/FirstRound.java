package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.LoopTables;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.forward.SampleClock;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.SampleColumns;
import dev.odeon.solvers.stepper.Start;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAll;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** What is carried into the first round. */
final class FirstRound {

    private FirstRound() {}

    /** Adds the values, in the graph around the loop. */
    static <T extends TFloating> Values values(
            Ops tf, ChosenPlan<T> plan, Operand<T> u0, Values theta, Values linearData) {
        ControlScope scope = plan.scope();
        Operand<T> t0 = scope.filled(tf, u0, plan.scalar(tf, 0));
        Values memory = plan.stepper().memory(tf, new Start<>(List.of(t0), List.of(u0), theta, linearData));
        Operand<T> first = firstSize(tf, plan, t0, u0, theta, linearData);
        Operand<TInt32> zeros = scope.filled(tf, u0, tf.constant(0));
        Operand<T> one = scope.filled(tf, u0, plan.scalar(tf, 1));
        StepRows<T> rows = plan.rows();
        EventWatch<T> watch = plan.watch();
        Values events = watch == null ? Values.empty() : watch.search().initial(tf, t0, u0, theta);
        Operand<TInt32> outcome = outcome(tf, plan, u0);
        return Values.of(Carried.TIME, t0)
                .with(Carried.SIZE, tf.math.mul(one, first))
                .with(Carried.STATE, u0)
                .with(Carried.LAST_ERROR, one)
                .with(Carried.ERROR_BEFORE, one)
                .and(memory.prefixed(Carried.MEMORY))
                .with(
                        Carried.KEPT,
                        LoopTables.like(tf, plan.type(), plan.saveAt().count(), u0, Double.NaN))
                .with(Carried.NEXT, nextRow(tf, plan, u0))
                .with(Carried.OUTCOME, watch == null ? outcome : watch.started(tf, outcome, events))
                .with(Carried.ACCEPTED, zeros)
                .with(Carried.REJECTED, zeros)
                .with(Carried.TRIED, tf.constant(0))
                .and(counters(tf, plan, u0))
                .and(plan.strides().initial(tf, first, linearData))
                .and(rows == null ? Values.empty() : rows.initial(tf, t0, u0))
                .and(events);
    }

    private static <T extends TFloating> Operand<TInt32> nextRow(Ops tf, ChosenPlan<T> plan, Operand<T> u0) {
        StepRows<T> rows = plan.rows();
        Operand<TInt32> first = tf.constant(rows == null ? 0 : rows.first());
        return plan.ownRows() ? SampleColumns.filled(tf, u0, first) : first;
    }

    /** Running, unless a state is not finite or the times of a sample cannot be run through. */
    private static <T extends TFloating> Operand<TInt32> outcome(Ops tf, ChosenPlan<T> plan, Operand<T> u0) {
        Operand<TInt32> nonFinite = tf.constant(Outcome.NON_FINITE.code());
        return tf.select(plan.scope().finite(tf, u0), ofTimes(tf, plan, u0), nonFinite);
    }

    private static <T extends TFloating> Operand<TInt32> ofTimes(Ops tf, ChosenPlan<T> plan, Operand<T> u0) {
        Operand<TInt32> running = tf.constant(Carried.RUNNING);
        SampleClock<T> clock = plan.clock();
        if (clock == null) {
            return plan.scope().filled(tf, u0, running);
        }
        Operand<TInt32> invalid = tf.constant(Outcome.INVALID_TIMES.code());
        Operand<TBool> valid = clock.valid(tf);
        return plan.scope().eachSample()
                ? tf.select(SampleColumns.reshaped(tf, u0, valid), running, invalid)
                : tf.select(tf.reduceAll(valid, tf.constant(0), new ReduceAll.Options[0]), running, invalid);
    }

    private static <T extends TFloating> Operand<T> firstSize(
            Ops tf, ChosenPlan<T> plan, Operand<T> t0, Operand<T> u0, Values theta, Values linearData) {
        double given = plan.control().first();
        Operand<T> first = given > 0
                ? plan.scalar(tf, given)
                : InitialStep.estimate(
                        tf,
                        plan.problem(),
                        plan.scope(),
                        plan.rule().order(),
                        plan.saveAt().direction(),
                        t0,
                        u0,
                        theta,
                        linearData);
        return tf.math.minimum(
                tf.math.maximum(first, plan.smallest(tf, t0)),
                plan.scalar(tf, Math.min(plan.control().largest(), plan.interval())));
    }

    private static <T extends TFloating> Values counters(Ops tf, ChosenPlan<T> plan, Operand<T> u0) {
        int evaluations =
                plan.stepper().startEvaluations() + (plan.control().first() > 0 ? 0 : InitialStep.EVALUATIONS);
        Values counters = Values.empty();
        for (Counter counter : plan.stepper().counters()) {
            if (!plan.strides().counts(counter)) {
                counters = counters.with(
                        counter.key(),
                        counter == Counter.EVALUATIONS
                                ? plan.scope().filled(tf, u0, tf.constant(evaluations))
                                : tf.constant(0));
            }
        }
        return counters;
    }
}
