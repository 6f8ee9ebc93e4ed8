package dev.odeon.adjoint.step;

import dev.odeon.graph.Values;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.stepper.FieldLinearisation;
import dev.odeon.solvers.stepper.StepInput;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Stages of whose evaluations the solve recorded what the products need: nothing is evaluated again.
 *
 * @param field what was recorded
 * @param method whose stages they are
 * @param input of the step; its state is not read
 * @param recorded of each stage
 */
public record RecordedStages<T extends TFloating>(
        FieldLinearisation<T> field, RungeKutta method, StepInput<T> input, List<Values> recorded)
        implements StageProducts<T> {

    /** Copies the list. */
    public RecordedStages {
        recorded = List.copyOf(recorded);
    }

    @Override
    public Operand<T> state(int stage) {
        return field.state(recorded.get(stage));
    }

    @Override
    public List<@Nullable Operand<?>> product(Ops tf, int stage, Values theta, Operand<T> weight) {
        double fraction = method.explicit().c(stage);
        return field.product(tf, () -> input.timeAt(tf, fraction), input.theta(), recorded.get(stage), weight);
    }

    @Override
    public Operand<T> next() {
        throw new IllegalStateException("What is recorded of the stages does not lead to the state after the step");
    }

    @Override
    public int evaluations() {
        return 0;
    }

    @Override
    public int solves() {
        return 0;
    }
}
