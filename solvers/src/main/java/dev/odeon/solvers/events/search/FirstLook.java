package dev.odeon.solvers.events.search;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.events.StopEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TFloating;

/**
 * What the probes of a step say: for nearly all steps, that there is no crossing in it.
 *
 * @param step g along the step
 * @param settled samples of which the probes show that there is no crossing that counts: a column
 * @param sign the last one of g that was not zero, up to the end of the step, where settled: a column
 */
record FirstLook<T extends TFloating>(AlongStep<T> step, Operand<TBool> settled, Operand<T> sign) {

    /**
     * Adds the look, at the pieces of {@link PieceModel} that the probes allow.
     *
     * @param start of the step: a column
     * @param length of the step with its sign: a column
     * @param stop the end of the step: a column
     * @param before g at the start of the step: a column
     * @param sign of g before that, zero if it was zero since the start: a column
     * @param next state at the end of the step
     */
    static <T extends TFloating> FirstLook<T> at(
            Ops tf,
            StopEvent<T> event,
            Values theta,
            List<Operand<T>> dense,
            Operand<T> start,
            Operand<T> length,
            Operand<T> stop,
            Operand<T> before,
            Operand<T> sign,
            Operand<T> next) {
        Class<T> type = before.type();
        Operand<T> zero = Floats.scalar(tf, type, 0);
        Operand<T> end = Crossing.value(tf, event, stop, next, theta);
        AlongStep<T> step = new AlongStep<>(event, dense, start, length, stop, next, end, theta);
        int pieces = (event.probes() + PieceModel.HIGHEST - 1) / PieceModel.HIGHEST;
        PieceModel model = new PieceModel((event.probes() + pieces - 1) / pieces);
        List<Operand<T>> values = step.values(tf, inner(tf, type, model, pieces));
        @Nullable Operand<TBool> settled = null;
        Operand<T> last = sign;
        int n = model.degree();
        for (int piece = 0; piece < pieces; piece++) {
            List<Operand<T>> here = new ArrayList<>();
            for (int j = piece * n; j <= (piece + 1) * n; j++) {
                here.add(j == 0 ? before : j == pieces * n ? end : values.get(j - 1));
            }
            PieceModel.Known known = model.of(tf, tf.stack(here));
            Operand<T> after = here.get(n);
            Operand<TBool> crosses = tf.math.logicalAnd(
                    SignWalk.counts(tf, event.direction(), last),
                    tf.math.logicalOr(tf.math.less(tf.math.mul(last, tf.math.sign(after)), zero), known.zero()));
            Operand<TBool> passed = tf.math.logicalAnd(known.anything(tf), tf.math.logicalNot(crosses));
            settled = settled == null ? passed : tf.math.logicalAnd(settled, passed);
            // Where g stays at zero it has no sign until it leaves.
            Operand<T> kept = tf.select(known.zero(), tf.zerosLike(last), last);
            last = tf.select(tf.math.equal(after, zero), kept, tf.math.sign(after));
        }
        return new FirstLook<>(step, Objects.requireNonNull(settled), last);
    }

    /** The points between the start and the end of the step, as fractions of it. */
    private static <T extends TFloating> List<Operand<T>> inner(Ops tf, Class<T> type, PieceModel model, int pieces) {
        double[] points = model.points();
        List<Operand<T>> fractions = new ArrayList<>();
        for (int piece = 0; piece < pieces; piece++) {
            for (int j = 1; j < points.length; j++) {
                if (piece < pieces - 1 || j < points.length - 1) {
                    fractions.add(Floats.scalar(tf, type, (piece + points[j]) / pieces));
                }
            }
        }
        return fractions;
    }

    /**
     * Which samples have to be looked at closer: a column.
     *
     * @param last whether the interval ends with this step: a column
     */
    Operand<TBool> unsettled(Ops tf, Operand<TBool> last) {
        Operand<TBool> endsAtZero = tf.math.logicalAnd(
                tf.math.logicalAnd(last, tf.math.equal(step.end(), Floats.scalar(tf, step.type(), 0))),
                SignWalk.counts(tf, step.event().direction(), sign));
        return tf.math.logicalOr(tf.math.logicalNot(settled), endsAtZero);
    }
}
