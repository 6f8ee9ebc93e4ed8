package dev.odeon.adjoint.backward;

import dev.odeon.adjoint.step.StepAdjoint;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.solve.DefinedLoop;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.Stepper;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** The steps of a forward loop as its backward loop sees them. */
public interface TakenSteps<T extends TFloating> {

    /** The steps of a loop. */
    static <T extends TFloating> TakenSteps<T> of(DefinedLoop<T> loop) {
        return loop instanceof DefinedLoop.Known<T> known
                ? KnownTakenSteps.of(known)
                : ChosenTakenSteps.of((DefinedLoop.Chosen<T>) loop);
    }

    /** The problem that is solved. */
    Problem<T> problem();

    /** The element type of the state. */
    default Class<T> type() {
        return problem().type();
    }

    /** The stepper. */
    Stepper<T> stepper();

    /** How many steps there are to go back over, inside a backward loop. */
    Operand<TInt32> count(Ops tf, Values inside);

    /** The number of the last of them. */
    default Operand<TInt32> last(Ops tf, Values inside) {
        return tf.math.sub(count(tf, inside), tf.constant(1));
    }

    /**
     * What a backward loop starts with, marked where the solve did not come to its end.
     *
     * @param results of the forward loop
     * @param invariants of the backward loop
     */
    Values marked(Ops tf, Values initial, Values results, Values invariants);

    /** What the forward loop carries from step to step and every step depends on: the state, and the memory if it has one. */
    List<TensorSpec> carried();

    /** What else the forward loop recorded and {@link #input} reads. */
    List<TensorSpec> recorded();

    /** The results of the forward loop whose rows the user keeps, and with respect to which there are gradients. */
    List<TensorSpec> kept();

    /** What the step of a number reads, given the state and the memory before it. */
    StepInput<T> input(Ops tf, Operand<TInt32> step, Operand<T> state, Values memory, Values inside);

    /** The gradient with respect to the end of a step, that of a kept state included. */
    Operand<T> atEnd(Ops tf, Operand<TInt32> step, Operand<T> lambda, Values inside);

    /**
     * Carried sums of gradients with those of what a step read.
     *
     * @param prefix of the names of sums
     * @param gradients under the names of invariants
     */
    @SuppressWarnings("unchecked") // a gradient has the type of its target
    default Values added(Ops tf, Operand<TInt32> step, String prefix, Values sums, Values gradients, Values inside) {
        Values sum = sums;
        for (String name : gradients.names()) {
            sum = sum.with(
                    prefix + name, tf.math.add((Operand<T>) sums.get(prefix + name), (Operand<T>) gradients.get(name)));
        }
        return sum;
    }

    /** Adds the adjoint of a step. */
    StepAdjoint<T> adjoint(
            Ops tf, Operand<TInt32> step, StepInput<T> input, Operand<T> lambda, Values memoryLambda, Values inside);
}
