package dev.odeon.solvers.stepper;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** What one step cost: numbers known when it was built, and numbers that its inner loops counted. */
public final class Counts {

    private final Map<Counter, Integer> known;
    private final Map<Counter, Operand<TInt32>> counted;
    private final @Nullable Counts gradient;

    private Counts(Map<Counter, Integer> known, Map<Counter, Operand<TInt32>> counted, @Nullable Counts gradient) {
        this.known = known;
        this.counted = counted;
        this.gradient = gradient;
    }

    /** Nothing. */
    public static Counts none() {
        return new Counts(Map.of(), Map.of(), null);
    }

    /** These counts and a number known now. */
    public Counts plus(Counter counter, int number) {
        Map<Counter, Integer> sum = new EnumMap<>(Counter.class);
        sum.putAll(known);
        sum.merge(counter, number, Integer::sum);
        return new Counts(sum, counted, gradient);
    }

    /** These counts and a number the graph counted. */
    public Counts plus(Ops tf, Counter counter, Operand<TInt32> number) {
        Map<Counter, Operand<TInt32>> sum = new EnumMap<>(Counter.class);
        sum.putAll(counted);
        sum.merge(counter, number, tf.math::add);
        return new Counts(known, sum, gradient);
    }

    /** These counts and others. */
    public Counts plus(Ops tf, Counts others) {
        Counts sum = this;
        for (Map.Entry<Counter, Integer> entry : others.known.entrySet()) {
            sum = sum.plus(entry.getKey(), entry.getValue());
        }
        for (Map.Entry<Counter, Operand<TInt32>> entry : others.counted.entrySet()) {
            sum = sum.plus(tf, entry.getKey(), entry.getValue());
        }
        return others.gradient == null ? sum : sum.withGradient(tf, others.gradient);
    }

    /** These counts, and what the gradient of the step will cost besides: counted only where it is taken. */
    public Counts withGradient(Ops tf, Counts ofGradient) {
        return new Counts(known, counted, gradient == null ? ofGradient : gradient.plus(tf, ofGradient));
    }

    /** What the step and its gradient cost together. */
    public Counts includingGradient(Ops tf) {
        return gradient == null ? this : new Counts(known, counted, null).plus(tf, gradient);
    }

    /** The part of a count known now. */
    public int known(Counter counter) {
        return known.getOrDefault(counter, 0);
    }

    /** A running total after this step. */
    public Operand<TInt32> addedTo(Ops tf, Counter counter, Operand<TInt32> total) {
        Operand<TInt32> sum = total;
        if (known(counter) != 0) {
            sum = tf.math.add(sum, tf.constant(known(counter)));
        }
        @Nullable Operand<TInt32> inner = counted.get(counter);
        return inner == null ? sum : tf.math.add(sum, inner);
    }
}
