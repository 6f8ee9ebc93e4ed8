package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.Values;
import dev.odeon.solvers.stepper.Counter;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/** Which sizes the steps can have: {@link FreeStrides any}, or {@link LadderStrides} for methods with factors. */
sealed interface Strides<T extends TFloating> permits FreeStrides, LadderStrides {

    /**
     * The step a round tries.
     *
     * @param length without sign
     * @param cut whether it is shorter than proposed, to end at the target
     * @param end offset at which it ends; it is as long as the offsets say, so that they and the state go on alike
     * @param last whether it ends the interval
     * @param prepared what the stepper prepared for it
     * @param carried what changed among the carried values
     */
    record Stride<T extends TFloating>(
            Operand<T> length,
            Operand<TBool> cut,
            Operand<T> end,
            Operand<TBool> last,
            Values prepared,
            Values carried) {}

    /** What is carried besides the size, in the graph around the loop. */
    Values initial(Ops tf, Operand<T> first, Values linearData);

    /** The step to try. */
    Stride<T> stride(Ops tf, Values carried, Values fixed);

    /** The carried values after the round. */
    Values after(Ops tf, Values carried, Operand<T> proposal, Operand<TBool> accepted);

    /** Whether the strides count something themselves, and not the stepper. */
    boolean counts(Counter counter);

    /** The smallest size there is. */
    double smallest();
}
