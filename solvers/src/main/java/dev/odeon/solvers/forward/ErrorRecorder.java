package dev.odeon.solvers.forward;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.stepper.SampleColumns;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.Stepper;
import java.util.Objects;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.types.family.TFloating;

/** Remembers the largest error that the steps of each sample estimated: that of its worst component. */
public final class ErrorRecorder<T extends TFloating> extends Observer<T> {

    private static final String LARGEST = "largest error";

    private final Class<T> type;

    /**
     * A recorder.
     *
     * @param stepper that estimates the error of its steps
     */
    public ErrorRecorder(Class<T> type, Stepper<T> stepper) {
        super(stepper);
        this.type = type;
    }

    @Override
    protected Values observed(Ops tf, Start<T> start) {
        return Values.of(LARGEST, SampleColumns.filled(tf, start.state(0), Floats.scalar(tf, type, 0)));
    }

    @Override
    protected StepOutput<T> observed(Ops tf, StepInput<T> input, StepOutput<T> output) {
        Operand<T> error = Objects.requireNonNull(output.error(), "error");
        Operand<T> own =
                tf.reduceMax(tf.math.abs(error), SampleColumns.components(tf, error), ReduceMax.keepDims(true));
        Operand<T> largest = tf.math.maximum(input.memory().get(LARGEST, type), own);
        return output.withMemory(output.memory().with(LARGEST, largest));
    }

    /** The largest error of each sample, from the results of the loop: [batch]. */
    public static <T extends TFloating> Operand<T> largest(Ops tf, Class<T> type, Values results) {
        return SampleColumns.flat(tf, results.get(LoopNames.MEMORY + LARGEST, type));
    }
}
