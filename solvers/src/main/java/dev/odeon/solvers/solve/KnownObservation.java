package dev.odeon.solvers.solve;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.dense.DenseSolution;
import dev.odeon.solvers.events.EventResult;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.forward.DenseRecorder;
import dev.odeon.solvers.forward.ErrorRecorder;
import dev.odeon.solvers.forward.EventStepper;
import dev.odeon.solvers.forward.SampleClock;
import dev.odeon.solvers.forward.Steppers;
import dev.odeon.solvers.stepper.MemorylessStepper;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.SampleColumns;
import dev.odeon.solvers.stepper.StepDemand;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.TimeGrid;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** What is recorded and looked for on the way of a solve of known steps. */
final class KnownObservation<T extends TFloating> {

    private final Class<T> type;
    private final TimeGrid grid;
    private final SaveAt saveAt;
    private final @Nullable StopEvent<T> event;
    private final @Nullable SampleClock<T> clock;
    private final Stepper<T> stepper;
    private final @Nullable DenseRecorder<T> recorder;
    private final @Nullable EventStepper<T> events;
    private final SolveSettings.Estimates estimates;

    KnownObservation(SolveSettings<T> settings, TimeGrid grid) {
        Problem<T> problem = settings.problem();
        Method method = settings.method();
        this.type = problem.type();
        this.grid = grid;
        this.saveAt = settings.saveAt();
        this.event = settings.event();
        this.clock = settings.clock();
        boolean records = saveAt.intermediate() == SaveAt.Kept.DENSE;
        this.estimates = settings.estimates();
        StepDemand plain = estimates == SolveSettings.Estimates.LARGEST ? StepDemand.ERROR : StepDemand.STATE;
        Stepper<T> remembering = Steppers.of(problem, method, records || event != null ? StepDemand.DENSE : plain);
        // Whoever estimates takes no gradient, which would need the steps as they are.
        boolean forgets = clock != null && plain == StepDemand.ERROR && !method.multistep();
        Stepper<T> stepper = forgets ? new MemorylessStepper<>(remembering) : remembering;
        if (event != null && stepper.history() > 0) {
            throw new IllegalArgumentException("The method " + method.name()
                    + " takes its first steps in front of the loop that looks for events: take a one-step method such as"
                    + " rk4, tsit5 or imex-rk4");
        }
        if (clock != null && (method.multistep() || stepper.startEvaluations() > 0)) {
            throw new IllegalArgumentException("The method " + method.name()
                    + " remembers rates from step to step, but with SampleTimes and Jumps.trained each interval has another clock:"
                    + " take an explicit, IMEX or fully implicit Runge-Kutta method such as rk4, imex-rk4 or gauss4, or"
                    + " PidController");
        }
        this.recorder =
                records ? new DenseRecorder<>(problem, stepper, method.denseCoefficients(), grid.count()) : null;
        Stepper<T> observed = recorder == null ? stepper : recorder;
        this.events = event == null
                ? null
                : new EventStepper<>(event, observed, Arrays.copyOfRange(bounds(), 1, grid.count() + 1));
        Stepper<T> watched = events == null ? observed : events;
        // Around the events: the steps of a sample that rests are not its own.
        this.stepper = estimates == SolveSettings.Estimates.LARGEST ? new ErrorRecorder<>(type, watched) : watched;
    }

    /** The stepper with all that observes it. */
    Stepper<T> stepper() {
        return stepper;
    }

    /** What the loop starts from, as far as it was observed. */
    Values started(Ops tf, Values initial) {
        return events == null ? initial : events.started(tf, initial);
    }

    /** The largest estimated error of a step, for each sample; null where it was not asked for. */
    @Nullable
    Operand<T> largestError(Ops tf, Values results) {
        return estimates == SolveSettings.Estimates.LARGEST ? ErrorRecorder.largest(tf, type, results) : null;
    }

    /**
     * What was kept.
     *
     * @param states of all rows, as the loop wrote them
     * @param steps how many steps were taken
     */
    KeptStates<T> kept(Ops tf, Operand<T> states, Operand<T> last, Operand<TInt32> steps, Values results) {
        // A tensor of its own: TensorFlow fetches none under two names.
        EventResult<T> found = event == null
                ? null
                : new EventResult<>(
                        EventStepper.stopped(tf, results), EventStepper.times(tf, type, results), tf.identity(last));
        Operand<T> times = times(tf);
        return new KeptStates<>(
                        states,
                        times,
                        count(tf, steps),
                        recorder == null ? null : dense(tf, recorder, last, steps, results, found),
                        found)
                .untilEvents(tf, saveAt, found == null ? times : offsets(tf));
    }

    /** The same for steps that are not observed, all of which were taken. */
    KeptStates<T> kept(Ops tf, Operand<T> states) {
        return new KeptStates<>(states, times(tf), count(tf, tf.constant(grid.count())), null, null);
    }

    private Operand<T> times(Ops tf) {
        if (clock != null) {
            return clock.keptTimes(tf);
        }
        if (saveAt.intermediate() != SaveAt.Kept.STEPS) {
            return KeptStates.known(tf, type, saveAt);
        }
        double[] times = bounds();
        for (int n = 0; n < times.length; n++) {
            times[n] = n + 1 < times.length ? saveAt.start() + times[n] : saveAt.end();
        }
        return Floats.constant(tf, type, Shape.of(times.length), times);
    }

    private Operand<T> offsets(Ops tf) {
        if (saveAt.intermediate() != SaveAt.Kept.STEPS) {
            return KeptStates.offsets(tf, type, saveAt);
        }
        double[] bounds = bounds();
        return Floats.constant(tf, type, Shape.of(bounds.length), bounds);
    }

    /** The offsets of the steps, and that of the end of the last. */
    private double[] bounds() {
        double[] bounds = Arrays.copyOf(grid.starts(), grid.count() + 1);
        bounds[grid.count()] = saveAt.length();
        return bounds;
    }

    private Operand<TInt32> count(Ops tf, Operand<TInt32> steps) {
        if (saveAt.intermediate() == SaveAt.Kept.END || saveAt.intermediate() == SaveAt.Kept.DENSE) {
            return tf.constant(1);
        }
        int[] filled = new int[grid.count() + 1];
        filled[0] = 1;
        for (int n = 0; n < grid.count(); n++) {
            filled[n + 1] = filled[n] + (grid.keeps(n) ? 1 : 0);
        }
        return tf.gather(tf.constant(filled), steps, tf.constant(0));
    }

    private DenseSolution<T> dense(
            Ops tf,
            DenseRecorder<T> from,
            Operand<T> last,
            Operand<TInt32> steps,
            Values results,
            @Nullable EventResult<T> found) {
        double[] sizes = new double[grid.count()];
        double[] bounds = bounds();
        for (int n = 0; n < sizes.length; n++) {
            sizes[n] = grid.size(n);
        }
        Shape shape = Shape.of(sizes.length);
        Operand<T> reached =
                tf.gather(Floats.constant(tf, type, Shape.of(bounds.length), bounds), steps, tf.constant(0));
        Operand<TInt32> batch = SampleColumns.batchOf(tf, last);
        Operand<T> ends = tf.fill(batch, reached);
        if (found != null) {
            Operand<TBool> happened = found.happened();
            ends = tf.select(happened, found.times(), ends);
        }
        return new DenseSolution<>(
                tf,
                saveAt,
                from.tables(results),
                Floats.constant(tf, type, shape, grid.starts()),
                Floats.constant(tf, type, shape, sizes),
                tf.identity(steps),
                ends);
    }
}
