package dev.odeon.solvers.forward;

import dev.odeon.graph.Floats;
import dev.odeon.graph.LoopTables;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.LinearOperator;
import dev.odeon.solvers.stepper.FieldLinearisation;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepSize;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.steps.TimeGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The loop invariants of a solve with known sizes: parameters, the operator's data, what the stepper prepares for each kind
 * of step, and the times of the steps.
 *
 * <p>Factors are made here, outside every loop, and shared by all stages, steps and the adjoint. Where a solve has several
 * kinds of steps their factors are stacked, and a step looks its own up. The first steps of a multistep method are taken
 * before the loop, which then begins after them.
 */
public final class Prepared<T extends TFloating> {

    private static final String KIND = "kind/";

    private final Problem<T> problem;
    private final Stepper<T> stepper;
    private final TimeGrid grid;
    private final TimeGrid.Kinds kinds;
    private final Values invariants;
    private final @Nullable Segments segments;
    private @Nullable FieldLinearisation<T> linearisation;

    private Prepared(
            Problem<T> problem,
            Stepper<T> stepper,
            TimeGrid grid,
            TimeGrid.Kinds kinds,
            Values invariants,
            @Nullable Segments segments) {
        this.problem = problem;
        this.stepper = stepper;
        this.grid = grid;
        this.kinds = kinds;
        this.invariants = invariants;
        this.segments = segments;
    }

    /** Whether TensorFlow's own gradient goes through the factors. */
    public enum FactorGradient {
        /** It does: for backpropagation. */
        FOLLOW,
        /** It stops there: an adjoint gives the operator's gradient itself. */
        STOP
    }

    /** Adds data, factors and times to the graph of {@code tf}. */
    public static <T extends TFloating> Prepared<T> of(
            Ops tf,
            Problem<T> problem,
            Stepper<T> stepper,
            TimeGrid grid,
            Values theta,
            FactorGradient factorGradient) {
        return of(tf, problem, stepper, grid, theta, factorGradient, null);
    }

    /**
     * The same for steps in segments.
     *
     * @param segments what changes from segment to segment; null where nothing does
     */
    public static <T extends TFloating> Prepared<T> of(
            Ops tf,
            Problem<T> problem,
            Stepper<T> stepper,
            TimeGrid grid,
            Values theta,
            FactorGradient factorGradient,
            @Nullable Segments segments) {
        int from = Math.min(stepper.history(), grid.count());
        TimeGrid.Kinds kinds = grid.kinds(stepper.history(), from);
        Values linearData = linearData(tf, problem);
        Values invariants = theta.prefixed(LoopNames.THETA).and(linearData.prefixed(LoopNames.LINEAR));
        List<Values> byKind = new ArrayList<>();
        for (double[] sizes : kinds.sizes()) {
            if (segments == null) {
                byKind.add(stepper.prepare(tf, linearData, sizes));
            } else if (stepper.factorsPerKind() > 0) {
                // All steps have one size; it is J that differs.
                for (int k = 0; k < segments.count(); k++) {
                    Values data = segments.linearData(tf, linearData, tf.constant(k));
                    byKind.add(stepper.prepare(tf, data, sizes));
                }
            }
        }
        if (!byKind.isEmpty()) {
            for (String name : byKind.get(0).names()) {
                Operand<?> all = stacked(tf, byKind, name);
                invariants = invariants.withConstant(
                        KIND + name, factorGradient == FactorGradient.STOP ? tf.stopGradient(all) : all);
            }
        }
        double[] sizes =
                IntStream.range(0, kinds.count()).mapToDouble(kinds::size).toArray();
        double[] starts = Arrays.copyOfRange(grid.starts(), from, grid.count());
        invariants = invariants
                .withConstant("times", Floats.constant(tf, problem.type(), Shape.of(starts.length), starts))
                .withConstant("sizes", Floats.constant(tf, problem.type(), Shape.of(sizes.length), sizes))
                .withConstant("kinds", tf.constant(kinds.indices()))
                .withConstant("save indices", tf.constant(Arrays.copyOfRange(grid.saveIndices(), from, grid.count())));
        if (segments != null) {
            invariants = invariants.and(segments.invariants(tf));
        }
        return new Prepared<>(problem, stepper, grid, kinds, invariants, segments);
    }

    /** The data of the problem's operator, if it has one. */
    public static <T extends TFloating> Values linearData(Ops tf, Problem<T> problem) {
        LinearOperator<T> linear = problem.linear();
        return linear == null ? Values.empty() : linear.data(tf, problem.type());
    }

    @SuppressWarnings("unchecked") // what is prepared for all kinds has the same types
    private static Operand<?> stacked(Ops tf, List<Values> byKind, String name) {
        if (byKind.size() == 1) {
            return byKind.get(0).get(name);
        }
        List<Operand<TFloating>> all = new ArrayList<>();
        byKind.forEach(prepared -> all.add((Operand<TFloating>) prepared.get(name)));
        return tf.stack(all);
    }

    /** The loop invariants by name. */
    public Values invariants() {
        return invariants;
    }

    /** The problem. */
    public Problem<T> problem() {
        return problem;
    }

    /** The stepper. */
    public Stepper<T> stepper() {
        return stepper;
    }

    /** All steps, those before the loop included. */
    public TimeGrid grid() {
        return grid;
    }

    /** The number of steps taken before the loop. */
    public int before() {
        return grid.count() - count();
    }

    /** The number of steps of the loop. */
    public int count() {
        return kinds.steps();
    }

    /** How many factors were made. */
    public int factorizations() {
        return stepper.factorsPerKind() * kinds.count() * (segments == null ? 1 : segments.count());
    }

    /**
     * What the way back needs of an evaluation of the field, found out at the first call.
     *
     * @throws IllegalArgumentException if the field cannot be cut, with the remedy
     */
    public synchronized FieldLinearisation<T> linearisation() {
        if (linearisation == null) {
            // What a step reads of the invariants shows in a step of its own.
            try (Graph graph = new Graph()) {
                Ops tf = Ops.create(graph);
                Values inside = Values.bind(
                        invariants.specs(),
                        invariants.specs().stream()
                                .map(spec -> tf.placeholder(spec.type(), Placeholder.shape(spec.shape())))
                                .toList());
                Operand<T> state = tf.placeholder(problem.type(), Placeholder.shape(problem.shape()));
                StepInput<T> input = input(tf, tf.constant(0), state, Values.empty(), inside);
                TensorSpec time = Values.of("time", input.time()).specs().get(0);
                boolean trained = !input.linearData().differentiable().isEmpty();
                linearisation = FieldLinearisation.of(
                        problem,
                        time,
                        input.theta().specs(),
                        trained ? FieldLinearisation.States.NEEDED : FieldLinearisation.States.AS_READ);
            }
        }
        return linearisation;
    }

    /** The part of gradient names that belongs to the parameters. */
    public static Values theta(Values invariants) {
        return invariants.under(LoopNames.THETA);
    }

    /** The operator's data among the invariants. */
    public static Values linearData(Values invariants) {
        return invariants.under(LoopNames.LINEAR);
    }

    /** What the step of a number reads, inside a loop. */
    public StepInput<T> input(Ops tf, Operand<TInt32> step, Operand<T> state, Values memory, Values inside) {
        Class<T> type = problem.type();
        Operand<T> time = LoopTables.row(tf, inside.get("times", type), step);
        Values prepared = inside.under(KIND);
        if (segments != null) {
            return segments.input(tf, step, time, type, kinds.size(0), state, memory, prepared, inside);
        }
        StepSize<T> size;
        if (kinds.count() == 1) {
            size = new StepSize.Known<>(type, kinds.size(0));
        } else {
            Operand<TInt32> kind = LoopTables.row(tf, inside.get("kinds", TInt32.class), step);
            size = new StepSize.InGraph<>(LoopTables.row(tf, inside.get("sizes", type), kind));
            for (String name : prepared.names()) {
                prepared = prepared.withConstant(name, LoopTables.row(tf, prepared.get(name), kind));
            }
        }
        return new StepInput<>(time, size, state, memory, theta(inside), linearData(inside), prepared, false);
    }

    /**
     * Carried sums of gradients with that of what a step read under the name of an invariant; of a table the step read its
     * segment's row.
     *
     * @param prefix of the names of sums
     */
    @SuppressWarnings("unchecked") // a gradient has the type of its target
    public Values added(
            Ops tf,
            Operand<TInt32> step,
            String prefix,
            Values sums,
            String invariant,
            Operand<?> gradient,
            Values inside) {
        String table = segments == null ? null : segments.tableOf(invariant);
        if (table == null) {
            return sums.with(
                    prefix + invariant, tf.math.add((Operand<T>) sums.get(prefix + invariant), (Operand<T>) gradient));
        }
        Operand<T> rows = (Operand<T>) sums.get(prefix + table);
        Operand<TInt32> row = Segments.ofStep(tf, step, inside);
        Operand<T> sum = tf.math.add(tf.gather(rows, row, tf.constant(0)), (Operand<T>) gradient);
        return sums.with(prefix + table, LoopTables.written(tf, rows, row, sum));
    }

    /** The row in which the end of a step is kept, inside a loop. */
    public Operand<TInt32> saveIndex(Ops tf, Operand<TInt32> step, Values inside) {
        return LoopTables.row(tf, inside.get("save indices", TInt32.class), step);
    }
}
