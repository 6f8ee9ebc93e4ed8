package dev.odeon.solvers.forward;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.forward.Prepared.FactorGradient;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Counts;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepDemand;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.StepSize;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.steps.TimeGrid;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceAll;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The steps before the loop, by which a multistep method gets its first states, with a one-step method of the same order:
 * one by one, or as a solve of their own.
 *
 * @param start where the loop starts
 * @param counts what the steps cost, the memory of the loop included
 * @param factorizations made for these steps
 * @param outcome the first code that is not SUCCESS: of a first state with a number that is not finite, then of the steps
 */
public record FirstSteps<T extends TFloating>(
        Start<T> start, Counts counts, int factorizations, Operand<TInt32> outcome) {

    /** Adds the steps. */
    public static <T extends TFloating> FirstSteps<T> of(
            Ops tf,
            Problem<T> problem,
            Method method,
            Stepper<T> main,
            TimeGrid grid,
            Operand<T> u0,
            Values theta,
            FactorGradient factorGradient) {
        Class<T> type = problem.type();
        Values linearData = Prepared.linearData(tf, problem);
        List<Operand<T>> times = new ArrayList<>();
        List<Operand<T>> states = new ArrayList<>();
        times.add(Floats.scalar(tf, type, grid.start(0)));
        states.add(u0);
        Counts counts = Counts.none().plus(Counter.EVALUATIONS, main.startEvaluations());
        int factorizations = 0;
        // An iteration that starts from a number that is not finite would report that it did not converge.
        Operand<TInt32> outcome = Failures.ofState(tf, u0);
        int steps = Math.min(main.history(), grid.count());
        if (steps > 0) {
            Stepper<T> starter = Steppers.of(problem, method.starter(), StepDemand.STATE);
            Values memory = starter.memory(tf, new Start<>(List.of(times.get(0)), List.of(u0), theta, linearData));
            counts = counts.plus(Counter.EVALUATIONS, starter.startEvaluations());
            List<Double> prepared = new ArrayList<>();
            List<Values> factors = new ArrayList<>();
            for (int n = 0; n < steps; n++) {
                double size = grid.size(n);
                if (!prepared.contains(size)) {
                    prepared.add(size);
                    factors.add(cut(tf, starter.prepare(tf, linearData, new double[] {size}), factorGradient));
                    factorizations += starter.factorsPerKind();
                }
                StepOutput<T> output = starter.step(
                        tf,
                        new StepInput<>(
                                times.get(n),
                                new StepSize.Known<>(type, size),
                                states.get(n),
                                memory,
                                theta,
                                linearData,
                                factors.get(prepared.indexOf(size)),
                                // TensorFlow's own gradient passes these steps, but not all factors and no iterations.
                                factorGradient == FactorGradient.STOP || problem.iterates()));
                memory = output.memory();
                counts = counts.plus(tf, output.counts());
                times.add(Floats.scalar(tf, type, grid.start(n) + size));
                states.add(output.next());
                if (output.failure() != null) {
                    outcome = Failures.first(tf, outcome, output.failure());
                }
            }
            outcome = Failures.first(tf, outcome, Failures.ofState(tf, states.get(steps)));
        }
        return new FirstSteps<>(new Start<>(times, states, theta, linearData), counts, factorizations, outcome);
    }

    /** Whether none of them failed: scalar. */
    Operand<TBool> succeeded(Ops tf) {
        return tf.math.equal(outcome, tf.constant(Outcome.SUCCESS.code()));
    }

    /** How many were taken: none where one of them failed. */
    public Operand<TInt32> taken(Ops tf) {
        return tf.select(succeeded(tf), tf.constant(start.states().size() - 1), tf.constant(0));
    }

    /** The same, or a failed start where the times of a sample cannot be run through. */
    public FirstSteps<T> unless(Ops tf, SampleClock<T> clock) {
        Operand<TBool> valid = tf.reduceAll(clock.valid(tf), tf.constant(0), new ReduceAll.Options[0]);
        Operand<TInt32> code =
                tf.select(valid, tf.constant(Outcome.SUCCESS.code()), tf.constant(Outcome.INVALID_TIMES.code()));
        return new FirstSteps<>(start, counts, factorizations, Failures.first(tf, outcome, code));
    }

    private static Values cut(Ops tf, Values prepared, FactorGradient factorGradient) {
        Values cut = prepared;
        if (factorGradient == FactorGradient.STOP) {
            for (String name : prepared.names()) {
                cut = cut.with(name, tf.stopGradient(prepared.get(name)));
            }
        }
        return cut;
    }
}
