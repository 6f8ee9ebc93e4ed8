package dev.odeon.adjoint.step;

import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.forward.Observer;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.Stepper;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Remembers how large each number of the state was at its largest: the unit in which a way back is compared with the solve.
 *
 * <p>The states at both ends do not tell it: they may be near zero where those between are not. The way back itself does not
 * either, once it went astray. Two operations in each step.
 */
public final class LargestStates<T extends TFloating> extends Observer<T> {

    /** No step reads it, as no step reads rows. */
    private static final String LARGEST = LoopNames.ROWS + "largest state";

    /** Around a stepper. */
    public LargestStates(Stepper<T> stepper) {
        super(stepper);
    }

    /** The stepper whose states are watched. */
    public Stepper<T> watched() {
        return stepper;
    }

    @Override
    protected Values observed(Ops tf, Start<T> start) {
        Operand<T> largest = tf.math.abs(start.state(0));
        for (int before = 1; before < start.states().size(); before++) {
            largest = tf.math.maximum(largest, tf.math.abs(start.state(before)));
        }
        return Values.of(LARGEST, largest);
    }

    @Override
    protected StepOutput<T> observed(Ops tf, StepInput<T> input, StepOutput<T> output) {
        Operand<T> before = input.memory().get(LARGEST, input.state().type());
        return output.withMemory(output.memory().with(LARGEST, tf.math.maximum(before, tf.math.abs(output.next()))));
    }

    /** The largest of each number, from the results of the loop: [batch, ...]. */
    public static <T extends TFloating> Operand<T> of(Class<T> type, Values results) {
        return results.get(LoopNames.MEMORY + LARGEST, type);
    }
}
