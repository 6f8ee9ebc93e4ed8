package dev.odeon.adjoint.step;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.forward.Failures;
import dev.odeon.solvers.forward.SampleClock;
import dev.odeon.solvers.forward.Steppers;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Counts;
import dev.odeon.solvers.stepper.MemorylessStepper;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepDemand;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.StepSize;
import dev.odeon.solvers.stepper.Stepper;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The stepper of {@code ReversibleAdjoint}: two steps of another stepper, one there and one back; z is the memory.
 *
 * <p>A sample that rests, because it is done with steps of its own or because its times are repeated, keeps y and z: its
 * coupling is one.
 */
public final class ReversibleStepper<T extends TFloating> implements Stepper<T> {

    /** The second state, in the memory. */
    public static final String Z = "z";

    private static final String THERE = "there/";
    private static final String BACK = "back/";

    private final Problem<T> problem;
    private final Method method;
    private final Stepper<T> measured;
    private final Stepper<T> plain;
    private final double coupling;

    /**
     * From a one-step method.
     *
     * @param measured its stepper, which estimates errors if the solve needs them
     */
    public ReversibleStepper(Problem<T> problem, Method method, Stepper<T> measured, double coupling) {
        this.problem = problem;
        this.method = method;
        this.measured = new MemorylessStepper<>(measured);
        this.plain = Steppers.of(problem, method, StepDemand.STATE);
        this.coupling = coupling;
    }

    /** Adds the adjoint of a step of the method. */
    StepAdjoint<T> adjoint(Ops tf, StepInput<T> input, Operand<T> end) {
        return StepAdjoint.of(tf, problem, method, plain, input, end, Values.empty());
    }

    @Override
    public Set<Counter> counters() {
        return measured.counters();
    }

    @Override
    public Values prepare(Ops tf, Values linearData, double[] sizes) {
        return plain.prepare(tf, linearData, sizes)
                .prefixed(THERE)
                .and(plain.prepare(tf, linearData, new double[] {-sizes[0]}).prefixed(BACK));
    }

    @Override
    public Values prepare(Ops tf, Values linearData, StepSize<T> size) {
        return plain.prepare(tf, linearData, size)
                .prefixed(THERE)
                .and(plain.prepare(tf, linearData, new StepSize.Opposite<>(size))
                        .prefixed(BACK));
    }

    @Override
    public int factorsPerKind() {
        return 2 * measured.factorsPerKind();
    }

    @Override
    public Values memory(Ops tf, Start<T> start) {
        return Values.of(Z, start.state(0));
    }

    @Override
    public StepOutput<T> step(Ops tf, StepInput<T> input) {
        Operand<T> z = input.memory().get(Z, input.state().type());
        StepOutput<T> first = measured.step(tf, there(input, z));
        // lambda y + (1 - lambda) z + S(z) - z
        Operand<T> y = tf.math.add(first.next(), tf.math.mul(coupling(tf, input), tf.math.sub(input.state(), z)));
        StepOutput<T> second = plain.step(tf, back(tf, input, y));
        Operand<T> next = tf.math.sub(z, tf.math.sub(second.next(), y));
        Counts counts = first.counts().plus(tf, second.counts()).plus(Counter.EVALUATIONS, measured.startEvaluations());
        return StepOutput.of(y, Values.of(Z, next), counts)
                .withFailure(failure(tf, first.failure(), second.failure()))
                .withError(first.error());
    }

    private static @Nullable Operand<TInt32> failure(
            Ops tf, @Nullable Operand<TInt32> first, @Nullable Operand<TInt32> second) {
        return first == null || second == null ? first : Failures.first(tf, first, second);
    }

    /** The coupling of a step: a scalar, or a column with one for the samples that rest. */
    Operand<T> coupling(Ops tf, StepInput<T> input) {
        Class<T> type = input.state().type();
        Operand<T> own = Floats.scalar(tf, type, coupling);
        if (!(input.size() instanceof StepSize.Known)) {
            own = oneWhereZero(tf, input.size().times(tf, 1), own);
        }
        Operand<T> length = SampleClock.length(input.theta(), type);
        return length == null ? own : oneWhereZero(tf, length, own);
    }

    private static <T extends TFloating> Operand<T> oneWhereZero(Ops tf, Operand<T> stretch, Operand<T> otherwise) {
        Class<T> type = stretch.type();
        return tf.select(tf.math.equal(stretch, Floats.scalar(tf, type, 0)), Floats.scalar(tf, type, 1), otherwise);
    }

    /** What the step from z reads. */
    static <T extends TFloating> StepInput<T> there(StepInput<T> input, Operand<T> z) {
        return input.from(z).withPrepared(input.prepared().under(THERE));
    }

    /** What the step back from y reads. */
    static <T extends TFloating> StepInput<T> back(Ops tf, StepInput<T> input, Operand<T> y) {
        return input.reversed(tf).from(y).withPrepared(input.prepared().under(BACK));
    }
}
