package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.StepSize;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * One round of the loop: one step is tried.
 *
 * <p>A round that is rejected changes only the size. Where each sample has its own time and size, samples that are done
 * keep their state while the others go on.
 */
record Round<T extends TFloating>(ChosenPlan<T> plan) {

    /** Adds the round; the result is what the next one receives. */
    Values apply(Ops tf, Values carried, Values fixed) {
        Class<T> type = plan.type();
        Operand<T> time = carried.get(Carried.TIME, type);
        Operand<T> state = carried.get(Carried.STATE, type);
        Strides.Stride<T> stride = plan.strides().stride(tf, carried, fixed);
        Operand<T> size =
                tf.math.mul(stride.length(), plan.scalar(tf, plan.saveAt().direction()));
        StepOutput<T> output = step(tf, carried, fixed, stride, size);
        EventWatch<T> watch = plan.watch();
        if (watch != null) {
            output = watch.held(tf, carried, output);
        }
        Operand<T> error = error(tf, state, output);
        Verdict verdict = Verdict.of(tf, plan, carried, output, error);
        Operand<T> reached = tf.select(verdict.accepted(), stride.end(), time);
        Operand<T> proposal = proposal(tf, carried, stride, error, verdict, reached);
        Values next = stride.carried()
                .with(Carried.TIME, reached)
                .with(Carried.STATE, tf.select(verdict.accepted(), output.next(), state))
                .with(Carried.SIZE, tf.select(verdict.running(), proposal, carried.get(Carried.SIZE, type)))
                .with(Carried.ACCEPTED, Carried.counted(tf, carried, Carried.ACCEPTED, verdict.accepted()))
                .with(Carried.REJECTED, Carried.counted(tf, carried, Carried.REJECTED, verdict.rejected()))
                .with(Carried.TRIED, tf.math.add(carried.get(Carried.TRIED, TInt32.class), tf.constant(1)))
                .with(Carried.OUTCOME, verdict.outcome(tf, plan, carried, output, stride, reached));
        next = errors(tf, carried, stride, error, verdict, next);
        next = memory(tf, carried, output, verdict, next);
        next = counts(tf, carried, output, verdict, next);
        next = plan.strides().after(tf, next, proposal, verdict.accepted());
        next = StoredSteps.written(tf, type, carried, output, size, verdict.accepted(), next);
        if (watch != null) {
            next = watch.applied(tf, carried, Prepared.theta(fixed), output, size, verdict.accepted(), next);
        }
        return kept(tf, carried, fixed, output, size, verdict, next);
    }

    private StepOutput<T> step(Ops tf, Values carried, Values fixed, Strides.Stride<T> stride, Operand<T> size) {
        return plan.stepper()
                .step(
                        tf,
                        new StepInput<>(
                                carried.get(Carried.TIME, plan.type()),
                                new StepSize.InGraph<>(size),
                                carried.get(Carried.STATE, plan.type()),
                                carried.under(Carried.MEMORY),
                                Prepared.theta(fixed),
                                Prepared.linearData(fixed),
                                stride.prepared(),
                                false));
    }

    private Operand<T> error(Ops tf, Operand<T> state, StepOutput<T> output) {
        if (output.error() == null) {
            throw new IllegalStateException("The stepper gave no error estimate");
        }
        ControlScope scope = plan.scope();
        return scope.norm(tf, scope.scaled(tf, output.error(), scope.scale(tf, state, output.next())));
    }

    private Operand<T> proposal(
            Ops tf, Values carried, Strides.Stride<T> stride, Operand<T> error, Verdict verdict, Operand<T> reached) {
        Operand<T> factor = plan.rule()
                .factor(
                        tf,
                        error,
                        carried.get(Carried.LAST_ERROR, plan.type()),
                        carried.get(Carried.ERROR_BEFORE, plan.type()),
                        verdict.usable(),
                        verdict.accepted());
        Operand<T> wanted = tf.math.mul(stride.length(), factor);
        // A step that was cut to end at a stop says nothing against the size that was proposed.
        Operand<TBool> cut = tf.math.logicalAnd(stride.cut(), verdict.accepted());
        wanted = tf.select(cut, tf.math.maximum(wanted, carried.get(Carried.SIZE, plan.type())), wanted);
        return tf.math.minimum(
                tf.math.maximum(wanted, plan.smallest(tf, reached)),
                plan.scalar(tf, plan.control().largest()));
    }

    private Values errors(
            Ops tf, Values carried, Strides.Stride<T> stride, Operand<T> error, Verdict verdict, Values next) {
        Operand<T> last = carried.get(Carried.LAST_ERROR, plan.type());
        Operand<T> before = carried.get(Carried.ERROR_BEFORE, plan.type());
        Operand<TBool> noted = tf.math.logicalAnd(verdict.accepted(), tf.math.logicalNot(stride.cut()));
        return next.with(Carried.LAST_ERROR, tf.select(noted, plan.rule().floored(tf, error), last))
                .with(Carried.ERROR_BEFORE, tf.select(noted, last, before));
    }

    private Values memory(Ops tf, Values carried, StepOutput<T> output, Verdict verdict, Values next) {
        Values after = next;
        for (String name : output.memory().names()) {
            String key = Carried.MEMORY + name;
            Operand<T> memory = output.memory().get(name, plan.type());
            after = after.with(key, tf.select(verdict.accepted(), memory, carried.get(key, plan.type())));
        }
        return after;
    }

    private Values counts(Ops tf, Values carried, StepOutput<T> output, Verdict verdict, Values next) {
        Values after = next;
        for (Counter counter : plan.stepper().counters()) {
            if (!plan.strides().counts(counter)) {
                Operand<TInt32> total = carried.get(counter.key(), TInt32.class);
                Operand<TInt32> sum = output.counts().addedTo(tf, counter, total);
                after = after.with(
                        counter.key(), counter == Counter.EVALUATIONS ? tf.select(verdict.running(), sum, total) : sum);
            }
        }
        return after;
    }

    private Values kept(
            Ops tf, Values carried, Values fixed, StepOutput<T> output, Operand<T> size, Verdict verdict, Values next) {
        StepRows<T> rows = plan.rows();
        if (rows != null) {
            return rows.written(tf, carried, output, size, verdict.accepted(), next);
        }
        if (output.dense() == null || !plan.saveAt().keepsTimes()) {
            return next;
        }
        DenseOutput.Written<T> written = DenseOutput.write(
                tf,
                plan.ownRows(),
                plan.saveAt().direction(),
                output.dense(),
                fixed.get(ChosenLoop.TIMES, plan.type()),
                carried.get(Carried.TIME, plan.type()),
                size,
                passed(tf, verdict, next.get(Carried.TIME, plan.type())),
                carried.get(Carried.KEPT, plan.type()),
                carried.get(Carried.NEXT, TInt32.class));
        return next.with(Carried.KEPT, written.kept()).with(Carried.NEXT, written.next());
    }

    /** How far times are passed: times of a sample may repeat its first one, which a refused step must not fill. */
    private Operand<T> passed(Ops tf, Verdict verdict, Operand<T> reached) {
        return plan.clock() == null
                ? reached
                : tf.select(
                        verdict.accepted(),
                        reached,
                        plan.scalar(tf, plan.saveAt().direction() * Double.NEGATIVE_INFINITY));
    }
}
