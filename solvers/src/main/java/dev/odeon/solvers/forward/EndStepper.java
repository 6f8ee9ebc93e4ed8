package dev.odeon.solvers.forward;

import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.Stepper;
import java.util.List;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Makes a step's end its dense output, where states are kept at the ends of steps only.
 *
 * <p>The polynomial x u_(n+1) is the end at x = 1 to the last bit, and is never asked for another x. The kept states and
 * their gradients then take the way of any dense output.
 */
public final class EndStepper<T extends TFloating> extends Observer<T> {

    /** How many coefficients the polynomial has. */
    public static final int COEFFICIENTS = 2;

    /** An observer of any stepper. */
    public EndStepper(Stepper<T> stepper) {
        super(stepper);
    }

    @Override
    protected StepOutput<T> observed(Ops tf, StepInput<T> input, StepOutput<T> output) {
        return output.withDense(List.of(tf.zerosLike(output.next()), output.next()));
    }
}
