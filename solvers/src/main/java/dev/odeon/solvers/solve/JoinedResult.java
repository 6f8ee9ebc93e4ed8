package dev.odeon.solvers.solve;

import dev.odeon.graph.Floats;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.dense.DenseSolution;
import dev.odeon.solvers.forward.Failures;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.SampleColumns;
import dev.odeon.solvers.steps.SaveAt;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What the solves of several stretches left, as one.
 *
 * @param stretches what is kept of each; empty where the end alone is
 * @param parts their results
 */
record JoinedResult<T extends TFloating>(SolveSettings<T> settings, List<Stretch> stretches, Parts<T> parts)
        implements ForwardResult<T> {

    /** The results of the stretches solved so far, and how all went up to each. */
    static final class Parts<T extends TFloating> {

        private final Operand<T> u0;
        private final List<ForwardResult<T>> results = new ArrayList<>();
        private final List<@Nullable Operand<TInt32>> before = new ArrayList<>();
        private Operand<T> last;
        private @Nullable Operand<TInt32> outcome;

        /** None yet. */
        Parts(Operand<T> u0) {
            this.u0 = u0;
            this.last = u0;
        }

        /** Where the next stretch starts: no numbers for samples that failed. */
        Operand<T> next(Ops tf) {
            Operand<TInt32> soFar = outcome;
            return soFar == null ? last : orNaN(tf, soFar, last);
        }

        /** Adds the result of a stretch. */
        void add(Ops tf, ForwardResult<T> part) {
            Operand<TInt32> soFar = outcome;
            before.add(soFar);
            results.add(part);
            last = soFar == null ? part.last() : tf.select(wide(tf, succeeded(tf, soFar), last), part.last(), last);
            outcome = soFar == null ? part.outcome() : Failures.first(tf, soFar, part.outcome());
        }

        /** The outcome up to the end of a stretch. */
        Operand<TInt32> outcome(int stretch) {
            return stretch + 1 < before.size()
                    ? Objects.requireNonNull(before.get(stretch + 1))
                    : Objects.requireNonNull(outcome);
        }
    }

    private static Operand<TBool> succeeded(Ops tf, Operand<TInt32> outcome) {
        return tf.math.equal(outcome, tf.constant(Outcome.SUCCESS.code()));
    }

    /** A scalar as it is, one number for each sample as a column. */
    private static Operand<TBool> wide(Ops tf, Operand<TBool> condition, Operand<?> state) {
        return condition.shape().numDimensions() == 0 ? condition : SampleColumns.reshaped(tf, state, condition);
    }

    private static <T extends TFloating> Operand<T> orNaN(Ops tf, Operand<TInt32> outcome, Operand<T> state) {
        Operand<TBool> fine = wide(tf, succeeded(tf, outcome), state);
        return tf.select(fine, state, Floats.scalar(tf, state.type(), Double.NaN));
    }

    @Override
    public Operand<T> last() {
        return parts.last;
    }

    @Override
    public Operand<TInt32> outcome() {
        return parts.outcome(parts.results.size() - 1);
    }

    @Override
    public Operand<TInt32> counted(Ops tf, Counter counter) {
        return sum(tf, part -> part.counted(tf, counter));
    }

    @Override
    public Operand<TInt32> accepted(Ops tf) {
        return sum(tf, part -> part.accepted(tf));
    }

    @Override
    public Operand<TInt32> rejected(Ops tf) {
        return sum(tf, part -> part.rejected(tf));
    }

    @Override
    public @Nullable Operand<T> largestError(Ops tf) {
        Operand<T> largest = null;
        for (ForwardResult<T> part : parts.results) {
            Operand<T> own = part.largestError(tf);
            if (own == null) {
                return null;
            }
            largest = largest == null ? own : tf.math.maximum(largest, own);
        }
        return largest;
    }

    private Operand<TInt32> sum(Ops tf, Function<ForwardResult<T>, Operand<TInt32>> count) {
        Operand<TInt32> sum = count.apply(parts.results.get(0));
        for (ForwardResult<T> part : parts.results.subList(1, parts.results.size())) {
            sum = tf.math.add(sum, count.apply(part));
        }
        return sum;
    }

    @Override
    public List<List<BackwardNode>> backward() {
        return parts.results.stream().flatMap(part -> part.backward().stream()).toList();
    }

    @Override
    public KeptStates<T> kept(Ops tf) {
        SaveAt saveAt = settings.saveAt();
        return switch (saveAt.intermediate()) {
            case END -> ofEnd(tf, null);
            case DENSE -> ofEnd(tf, dense(tf));
            case ALL, STOPS, STEPS -> several(tf);
        };
    }

    private KeptStates<T> ofEnd(Ops tf, @Nullable DenseSolution<T> dense) {
        return new KeptStates<>(
                tf.expandDims(last(), tf.constant(0)),
                KeptStates.known(tf, last().type(), settings.saveAt()),
                tf.onesLike(outcome()),
                dense,
                null);
    }

    private DenseSolution<T> dense(Ops tf) {
        List<DenseSolution<T>> solutions = new ArrayList<>();
        @Nullable Operand<T> ends = null;
        for (int k = 0; k < parts.results.size(); k++) {
            DenseSolution<T> part =
                    Objects.requireNonNull(parts.results.get(k).kept(tf).dense());
            solutions.add(part);
            ends = ends == null ? part.ends() : tf.select(succeeded(tf, parts.outcome(k - 1)), part.ends(), ends);
        }
        return DenseSolution.joined(tf, settings.saveAt(), solutions, Objects.requireNonNull(ends));
    }

    /** The rows of the stretches one after the other, without those at borders that nobody asked for. */
    private KeptStates<T> several(Ops tf) {
        List<Operand<T>> states = new ArrayList<>();
        List<Operand<T>> times = new ArrayList<>();
        states.add(tf.expandDims(parts.u0, tf.constant(0)));
        Operand<TInt32> count = tf.onesLike(outcome());
        for (int k = 0; k < parts.results.size(); k++) {
            Stretch stretch = stretches.get(k);
            if (stretch.keepsOnlyItsEnd()) {
                Operand<TInt32> upTo = parts.outcome(k);
                states.add(tf.expandDims(orNaN(tf, upTo, parts.results.get(k).last()), tf.constant(0)));
                count = tf.math.add(count, tf.dtypes.cast(succeeded(tf, upTo), TInt32.class));
            } else if (stretch.kept() > 0 || settings.saveAt().intermediate() == SaveAt.Kept.STEPS) {
                KeptStates<T> kept = parts.results.get(k).kept(tf);
                int rows = stretch.kept() > 0
                        ? stretch.kept()
                        : Math.toIntExact(kept.times().shape().get(0)) - 1;
                Operand<TInt32> used = tf.range(tf.constant(1), tf.constant(rows + 1), tf.constant(1));
                states.add(tf.gather(kept.states(), used, tf.constant(0)));
                times.add(tf.gather(kept.times(), used, tf.constant(0)));
                Operand<TInt32> filled = tf.math.minimum(tf.math.sub(kept.count(), tf.constant(1)), tf.constant(rows));
                count = tf.math.add(count, filled);
            }
        }
        requireRoom(times);
        return new KeptStates<>(tf.concat(states, tf.constant(0)), times(tf, times), count, null, null);
    }

    private void requireRoom(List<Operand<T>> times) {
        SaveAt saveAt = settings.saveAt();
        long rows = 1 + times.stream().mapToLong(each -> each.shape().get(0)).sum();
        if (saveAt.intermediate() == SaveAt.Kept.STEPS && rows > saveAt.rows()) {
            throw new IllegalArgumentException("The solve keeps " + rows + " rows, and there is room for "
                    + saveAt.rows() + ": allow as many, or take larger steps");
        }
    }

    private Operand<T> times(Ops tf, List<Operand<T>> ofStretches) {
        SaveAt saveAt = settings.saveAt();
        if (saveAt.intermediate() != SaveAt.Kept.STEPS) {
            return KeptStates.known(tf, last().type(), saveAt);
        }
        List<Operand<T>> all = new ArrayList<>();
        all.add(Floats.constant(tf, last().type(), Shape.of(1), new double[] {saveAt.start()}));
        all.addAll(ofStretches);
        return tf.concat(all, tf.constant(0));
    }
}
