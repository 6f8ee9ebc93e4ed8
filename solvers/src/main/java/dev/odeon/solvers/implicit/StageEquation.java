package dev.odeon.solvers.implicit;

import dev.odeon.graph.Values;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.stepper.StepInput;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** v = known + alpha f(time, v): one implicit stage, or one step of a backward differentiation formula. */
record StageEquation<T extends TFloating>(VectorField<T> field, Class<T> type, Values inputs) implements Equation<T> {

    static <T extends TFloating> StageEquation<T> of(
            VectorField<T> field, StepInput<T> input, Operand<T> time, Operand<T> alpha, Operand<T> known) {
        return new StageEquation<>(
                field,
                known.type(),
                Values.of("time", time)
                        .with("alpha", alpha)
                        .with("known", known)
                        .and(input.theta().prefixed("theta/")));
    }

    @Override
    public Operand<T> map(Ops tf, Operand<T> v, Values inside) {
        Operand<T> rate = field.evaluate(tf, inside.get("time", type), v, inside.under("theta/"));
        return tf.math.add(inside.get("known", type), tf.math.mul(rate, inside.get("alpha", type)));
    }

    @Override
    public Object form() {
        return field;
    }

    @Override
    public int evaluations() {
        return 1;
    }
}
