package dev.odeon.solvers.solve;

import dev.odeon.solvers.Statistics;
import dev.odeon.solvers.stepper.Counter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What a forward solve left.
 *
 * <p>Whatever takes an {@code Ops} adds operations: ask once, and for what is used.
 */
public interface ForwardResult<T extends TFloating> {

    /** The state at the end: [batch, ...]. */
    Operand<T> last();

    /** The code of the {@link dev.odeon.solvers.Outcome}: scalar, or [batch] where each sample has its own steps. */
    Operand<TInt32> outcome();

    /** What was counted, steps in front of the loop included. */
    Operand<TInt32> counted(Ops tf, Counter counter);

    /** How many steps were taken. */
    Operand<TInt32> accepted(Ops tf);

    /** How many steps were tried again with another size. */
    Operand<TInt32> rejected(Ops tf);

    /** What was kept of the way. */
    KeptStates<T> kept(Ops tf);

    /** Where gradients count: for each loop one entry for each gradient that was asked for so far. */
    List<List<BackwardNode>> backward();

    /** The largest estimated error of a step, for each sample; null where it was not asked for. */
    default @Nullable Operand<T> largestError(Ops tf) {
        return null;
    }

    /** All counts. */
    default Statistics statistics(Ops tf) {
        return new Statistics(
                counted(tf, Counter.EVALUATIONS),
                counted(tf, Counter.LINEAR_SOLVES),
                counted(tf, Counter.FACTORIZATIONS),
                counted(tf, Counter.NEWTON_ITERATIONS),
                accepted(tf),
                rejected(tf),
                Optional.ofNullable(largestError(tf)));
    }
}
