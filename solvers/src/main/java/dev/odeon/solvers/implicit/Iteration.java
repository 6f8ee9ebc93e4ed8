package dev.odeon.solvers.implicit;

import dev.odeon.graph.Values;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** One kind of solver for v = phi(v): what it remembers, and what a round does. */
interface Iteration<T extends TFloating> {

    /** What the first round finds in its memory. */
    Values begin(Ops tf, Operand<T> guess);

    /**
     * Adds one round.
     *
     * @param number of the round, from zero
     * @param inside what the equation reads
     */
    Round<T> round(Ops tf, Operand<T> v, Operand<TInt32> number, Values memory, Values inside);

    /**
     * The result of a round.
     *
     * @param next the next v
     * @param image phi(v)
     * @param evaluations of the field
     * @param failure code of the outcome of the round's linear system; null if there is none
     */
    record Round<T extends TFloating>(
            Operand<T> next,
            Operand<T> image,
            Values memory,
            Operand<TInt32> evaluations,
            @Nullable Operand<TInt32> failure) {}
}
