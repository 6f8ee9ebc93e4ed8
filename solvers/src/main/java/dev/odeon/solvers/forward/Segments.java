package dev.odeon.solvers.forward;

import dev.odeon.graph.LoopTables;
import dev.odeon.graph.Values;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepSize;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Stretches of a solve on which parameters and data of the operator have values of their own; all steps are of one size.
 *
 * @param count of the segments
 * @param ofStep the segment of each step
 * @param theta parameters: [count, ...] each
 * @param linear data of the operator, likewise
 */
public record Segments(int count, int[] ofStep, Values theta, Values linear) {

    public Segments {
        ofStep = ofStep.clone();
    }

    /** A copy of the segments. */
    @Override
    public int[] ofStep() {
        return ofStep.clone();
    }

    private static final String OF_STEP = "segments";
    private static final String THETA = "of segments/theta/";
    private static final String LINEAR = "of segments/linear/";

    /** What the loop must have among its invariants. */
    Values invariants(Ops tf) {
        return Values.empty()
                .withConstant(OF_STEP, tf.constant(ofStep))
                .and(theta.prefixed(THETA))
                .and(linear.prefixed(LINEAR));
    }

    /** The invariant of which a step reads its segment's row under a name; null if it reads the invariant of that name itself. */
    @Nullable
    String tableOf(String invariant) {
        if (invariant.startsWith(LoopNames.THETA)) {
            String name = invariant.substring(LoopNames.THETA.length());
            return theta.contains(name) ? THETA + name : null;
        }
        String name = invariant.substring(LoopNames.LINEAR.length());
        return linear.contains(name) ? LINEAR + name : null;
    }

    /** The segment of a step, inside a loop. */
    static Operand<TInt32> ofStep(Ops tf, Operand<TInt32> step, Values inside) {
        return LoopTables.row(tf, inside.get(OF_STEP, TInt32.class), step);
    }

    /** The operator's data with that of a segment, in the graph around the loop. */
    Values linearData(Ops tf, Values all, Operand<TInt32> segment) {
        return overridden(tf, all, linear, segment);
    }

    private static Values overridden(Ops tf, Values all, Values ofSegments, Operand<TInt32> segment) {
        Values overridden = all;
        for (String name : ofSegments.names()) {
            Operand<?> row = LoopTables.row(tf, ofSegments.get(name), segment);
            boolean trained = ofSegments.differentiable().contains(name);
            overridden = trained ? overridden.with(name, row) : overridden.withConstant(name, row);
        }
        return overridden;
    }

    /** What a step reads, inside a loop. */
    <T extends TFloating> StepInput<T> input(
            Ops tf,
            Operand<TInt32> step,
            Operand<T> time,
            Class<T> type,
            double size,
            Operand<T> state,
            Values memory,
            Values prepared,
            Values inside) {
        Operand<TInt32> segment = ofStep(tf, step, inside);
        Values ofSegment = prepared;
        // One segment has its factors as they are.
        if (count > 1) {
            for (String name : prepared.names()) {
                ofSegment = ofSegment.withConstant(name, LoopTables.row(tf, prepared.get(name), segment));
            }
        }
        return new StepInput<>(
                time,
                new StepSize.Known<>(type, size),
                state,
                memory,
                overridden(tf, Prepared.theta(inside), inside.under(THETA), segment),
                overridden(tf, Prepared.linearData(inside), inside.under(LINEAR), segment),
                ofSegment,
                false);
    }
}
