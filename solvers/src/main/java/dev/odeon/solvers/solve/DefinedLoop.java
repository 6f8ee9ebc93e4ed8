package dev.odeon.solvers.solve;

import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.forward.KnownLoop;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.forward.chosen.ChosenLoop;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** A forward loop whose functions are defined, as its gradient sees it. */
public sealed interface DefinedLoop<T extends TFloating> {

    /** The functions. */
    WhileLoop functions();

    /** What it carries. */
    List<TensorSpec> carried();

    /** What it carries under a name. */
    default TensorSpec carried(String name) {
        return carried().stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The code of the outcome, from the results of the loop. */
    Operand<TInt32> outcome(Ops tf, Values results);

    /** What every round reads and none changes. */
    List<TensorSpec> invariants();

    /** The method that takes its steps. */
    Method method();

    /** The stepper, with all that stands around it. */
    Stepper<T> stepper();

    /** The interval and what is kept of it. */
    SaveAt saveAt();

    /**
     * A loop over steps of known sizes.
     *
     * @param prepared what its steps share
     */
    record Known<T extends TFloating>(
            WhileLoop functions,
            List<TensorSpec> carried,
            List<TensorSpec> invariants,
            Method method,
            SaveAt saveAt,
            Prepared<T> prepared)
            implements DefinedLoop<T> {
        @Override
        public Stepper<T> stepper() {
            return prepared.stepper();
        }

        @Override
        public Operand<TInt32> outcome(Ops tf, Values results) {
            return KnownLoop.outcome(tf, results);
        }
    }

    /**
     * A loop that chooses its steps.
     *
     * @param steps tells what a step read
     */
    record Chosen<T extends TFloating>(
            WhileLoop functions,
            List<TensorSpec> carried,
            List<TensorSpec> invariants,
            Method method,
            SaveAt saveAt,
            ChosenLoop<T> steps)
            implements DefinedLoop<T> {
        @Override
        public Stepper<T> stepper() {
            return steps.stepper();
        }

        @Override
        public Operand<TInt32> outcome(Ops tf, Values results) {
            return results.get(LoopNames.OUTCOME, TInt32.class);
        }
    }
}
