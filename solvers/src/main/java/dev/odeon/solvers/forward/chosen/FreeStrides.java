package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.steps.SaveAt;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Steps of any size; they are cut to end at the stops, the last of which ends the interval. */
record FreeStrides<T extends TFloating>(SaveAt saveAt, Class<T> type) implements Strides<T> {

    /** A step that all but reaches a stop ends there: no sliver of a step is left over. */
    private static final double SLIVER = 1.001;

    @Override
    public Values initial(Ops tf, Operand<T> first, Values linearData) {
        return Values.empty();
    }

    @Override
    public Stride<T> stride(Ops tf, Values carried, Values fixed) {
        Operand<T> proposed = carried.get(Carried.SIZE, type);
        Operand<T> end = Floats.scalar(tf, type, saveAt.length());
        Operand<T> target = saveAt.intermediate() == SaveAt.Kept.STOPS
                ? tf.gather(fixed.get(ChosenLoop.TIMES, type), carried.get(Carried.NEXT, TInt32.class), tf.constant(0))
                : end;
        Operand<T> time = carried.get(Carried.TIME, type);
        Operand<T> left = tf.math.abs(tf.math.sub(target, time));
        Operand<TBool> arrives = tf.math.greaterEqual(tf.math.mul(proposed, Floats.scalar(tf, type, SLIVER)), left);
        Operand<TBool> running = Carried.running(tf, carried);
        Operand<T> onward = tf.math.add(time, tf.math.mul(proposed, Floats.scalar(tf, type, saveAt.direction())));
        // What the offset cannot resolve of the proposed size is no part of the step.
        Operand<T> resolved = tf.math.abs(tf.math.sub(onward, time));
        // Samples that are done step on the spot; a size of zero would divide by zero.
        return new Stride<>(
                tf.select(running, tf.select(arrives, left, resolved), proposed),
                tf.math.logicalAnd(arrives, running),
                tf.select(arrives, target, onward),
                tf.math.logicalAnd(arrives, tf.math.equal(target, end)),
                Values.empty(),
                carried);
    }

    @Override
    public Values after(Ops tf, Values carried, Operand<T> proposal, Operand<TBool> accepted) {
        return carried;
    }

    @Override
    public boolean counts(Counter counter) {
        return false;
    }

    @Override
    public double smallest() {
        return 0;
    }
}
