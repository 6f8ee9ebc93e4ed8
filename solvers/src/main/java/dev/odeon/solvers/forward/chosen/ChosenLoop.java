package dev.odeon.solvers.forward.chosen;

import dev.odeon.graph.Floats;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.dense.DenseSolution;
import dev.odeon.solvers.events.StopEvent;
import dev.odeon.solvers.events.search.EventSearch;
import dev.odeon.solvers.forward.EndStepper;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.forward.SampleClock;
import dev.odeon.solvers.forward.Steppers;
import dev.odeon.solvers.forward.Storage;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.SampleColumns;
import dev.odeon.solvers.stepper.StepDemand;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SampleTimes;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The loop over steps whose sizes are chosen inside it: one {@code StatelessWhile} whose {@link Round} tries one step.
 *
 * <p>Methods with factors that are expensive to make move on a {@link Ladder}.
 */
public final class ChosenLoop<T extends TFloating> {

    /** Names of results that this loop alone has. */
    public static final String ACCEPTED = Carried.ACCEPTED;

    public static final String REJECTED = Carried.REJECTED;
    /** The number of steps whose times and sizes were stored. */
    public static final String RECORDED = Carried.RECORDED;

    public static final String TIME = Carried.TIME;
    public static final String EVENT_TIME = EventSearch.TIME;
    public static final String STOPPED = EventSearch.STOPPED;

    static final String TIMES = "times";

    private final ChosenPlan<T> plan;

    /**
     * A loop for a method with an error estimate of an order.
     *
     * @param around makes another stepper of that of the method, or is the identity
     * @param event that ends the solve; null for none
     * @param clock of the samples, on which the problem is; null where the samples share their times
     */
    public ChosenLoop(
            Problem<T> problem,
            Method method,
            UnaryOperator<Stepper<T>> around,
            int embeddedOrder,
            PidController control,
            SaveAt saveAt,
            @Nullable StopEvent<T> event,
            @Nullable SampleClock<T> clock) {
        SaveAt.Kept kept = saveAt.intermediate();
        boolean dense = event != null || kept == SaveAt.Kept.ALL || kept == SaveAt.Kept.DENSE;
        Stepper<T> stepper = around.apply(Steppers.of(problem, method, dense ? StepDemand.DENSE : StepDemand.ERROR));
        if (kept == SaveAt.Kept.STOPS) {
            requireFreeSizes(method, stepper);
            stepper = dense ? stepper : new EndStepper<>(stepper);
        }
        Class<T> type = problem.type();
        ControlScope scope = new ControlScope(control);
        StepRows<T> rows = switch (kept) {
            case END, ALL, STOPS -> null;
            case STEPS -> new StepRows<>(saveAt, scope, type, 0);
            case DENSE -> new StepRows<>(saveAt, scope, type, method.denseCoefficients());
        };
        this.plan = new ChosenPlan<>(
                problem,
                control,
                saveAt,
                stepper,
                scope,
                new SizeRule<>(control, Math.min(embeddedOrder, method.order()) + 1, type),
                stepper.factorsPerKind() == 0
                        ? new FreeStrides<>(saveAt, type)
                        : new LadderStrides<>(new Ladder<>(stepper, type, saveAt.length()), type),
                rows,
                event == null ? null : new EventWatch<>(new EventSearch<>(event), scope),
                clock);
    }

    private static void requireFreeSizes(Method method, Stepper<?> stepper) {
        if (stepper.factorsPerKind() > 0) {
            throw new IllegalArgumentException("The factors of " + method.name()
                    + " are kept for a ladder of step sizes, which cannot end at any time: keep states between steps with"
                    + " SaveAt.times, take FixedSteps, or a linear part whose factors are cheap (Diagonal, Tridiagonal,"
                    + " Circulant by transforms)");
        }
    }

    /** The problem that is solved. */
    public Problem<T> problem() {
        return plan.problem();
    }

    /** The stepper. */
    public Stepper<T> stepper() {
        return plan.stepper();
    }

    /** Whether the counts are one for each sample. */
    public Operand<TInt32> shown(Ops tf, Operand<TInt32> kept) {
        return plan.scope().shown(tf, kept);
    }

    /** Gives the loop its gradient. */
    @FunctionalInterface
    public interface Attachment {
        /** The key of the gradient, from {@code CustomGradients}, or empty for none. */
        String key(WhileLoop loop, List<TensorSpec> carried, List<TensorSpec> invariants);
    }

    /** Adds the loop; the result holds what it carried last. */
    public Values run(Ops tf, Operand<T> u0, Values theta, Storage storage, Attachment attachment) {
        Values linearData = Prepared.linearData(tf, plan.problem());
        Values initial = FirstRound.values(tf, plan, u0, theta, linearData);
        if (storage.sizes() == Storage.Sizes.STORED) {
            initial = StoredSteps.added(tf, plan, storage, initial);
        }
        Values invariants = theta.prefixed(LoopNames.THETA).and(linearData.prefixed(LoopNames.LINEAR));
        SampleClock<T> clock = plan.clock();
        invariants = clock != null
                        && clock.role() == SampleTimes.Role.TRAINED
                        && plan.saveAt().keepsTimes()
                ? invariants.with(TIMES, times(tf))
                : invariants.withConstant(TIMES, times(tf));
        WhileLoop loop = WhileLoop.define(
                tf,
                "chosen",
                initial.specs(),
                invariants.specs(),
                (inner, carried, fixed) -> Carried.anyRunning(inner, carried),
                new Round<>(plan)::apply);
        String key = attachment.key(loop, initial.specs(), invariants.specs());
        return loop.run(tf, initial, invariants, key).values();
    }

    /** The times to keep after the start, as offsets, followed by one that is never reached. */
    private Operand<T> times(Ops tf) {
        Operand<T> never = plan.scalar(tf, plan.saveAt().direction() * Double.POSITIVE_INFINITY);
        SampleClock<T> clock = plan.clock();
        if (clock != null) {
            Operand<T> own = clock.clockTimes(tf);
            Operand<T> spare = tf.fill(tf.shape(tf.gather(own, tf.constant(new int[] {0}), tf.constant(0))), never);
            return tf.concat(List.of(own, spare), tf.constant(0));
        }
        double[] all = plan.saveAt().offsets();
        double[] times = new double[all.length];
        System.arraycopy(all, 1, times, 0, times.length - 1);
        times[times.length - 1] = plan.saveAt().direction() * Double.POSITIVE_INFINITY;
        return Floats.constant(tf, plan.type(), Shape.of(times.length), times);
    }

    /** Whether a carried value is what {@link #input} reads. */
    public static boolean storedOfSteps(String name) {
        return StoredSteps.owns(name);
    }

    /** What an accepted step read, inside a loop that has what was stored among its invariants. */
    public StepInput<T> input(Ops tf, Operand<TInt32> step, Operand<T> state, Values memory, Values inside) {
        return StoredSteps.read(tf, plan.type(), step, state, memory, inside);
    }

    /**
     * The gradients with respect to the coefficients of an accepted step's dense output, inside a backward loop.
     *
     * @param kept gradient with respect to the rows of kept states: [rows, batch, ...]
     * @param count how many coefficients there are
     */
    public List<Operand<T>> denseGradients(
            Ops tf, StepInput<T> input, Operand<TInt32> step, Operand<T> kept, int count, Values inside) {
        Operand<T> end = StoredSteps.reached(
                tf, plan.type(), step, plan.scalar(tf, plan.saveAt().length()), inside);
        return DenseGradients.of(tf, plan.saveAt(), input, end, inside.get(TIMES, plan.type()), kept, count);
    }

    /** The times at which states are kept, under the name of the invariant, if they are trained; else nothing. */
    public static Values trainedTimes(Values inside) {
        Values differentiable = inside.differentiable();
        return differentiable.contains(TIMES) ? Values.of(TIMES, differentiable.get(TIMES)) : Values.empty();
    }

    /** The names of the results in whose rows the accepted steps left their ends, or their dense output. */
    public List<String> rowTables() {
        return plan.rows() == null ? List.of() : plan.rows().names();
    }

    /**
     * What something of the shape of these results has in the row of an accepted step, inside a backward loop: [batch, ...].
     */
    public Operand<T> ofRow(Ops tf, Operand<T> table, Operand<TInt32> step, Values inside) {
        return StoredSteps.ofRow(tf, table, rows().first(), step, inside);
    }

    /** How many rows of kept states are filled: scalar, or [batch]. */
    public Operand<TInt32> filled(Ops tf, Values results) {
        Operand<TInt32> next = results.get(Carried.NEXT, TInt32.class);
        return plan.ownRows() ? SampleColumns.flat(tf, next) : next;
    }

    /** The offsets of the rows that hold the accepted steps: [rows], or [rows, batch]. */
    public Operand<T> rowOffsets(Ops tf, Values results) {
        return rows().times(tf, results);
    }

    /** The states of these rows: [rows, batch, ...]. */
    public Operand<T> rowStates(Ops tf, Values results) {
        return rows().states(tf, results);
    }

    /** The dense output of the accepted steps. */
    public DenseSolution<T> dense(Ops tf, Values results) {
        Operand<T> state = results.get(Carried.STATE, plan.type());
        Operand<T> ends = plan.scope().perSample(tf, state, results.get(TIME, plan.type()));
        if (plan.watch() != null) {
            Operand<T> events = EventSearch.times(tf, plan.type(), results);
            ends = tf.select(EventSearch.stopped(tf, results), events, ends);
        }
        return new DenseSolution<>(
                tf,
                plan.saveAt(),
                rows().tables(tf, results),
                rows().times(tf, results),
                rows().sizes(tf, results),
                filled(tf, results),
                ends);
    }

    private StepRows<T> rows() {
        StepRows<T> rows = plan.rows();
        if (rows == null) {
            throw new IllegalStateException("This loop keeps no steps");
        }
        return rows;
    }
}
