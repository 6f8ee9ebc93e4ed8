package dev.odeon.solvers.solve;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Statistics;
import dev.odeon.solvers.forward.FirstSteps;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.forward.Prepared.FactorGradient;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Counts;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.TimeGrid;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The first steps of a multistep method.
 *
 * <p>Several of them are a solve of their own, with its own gradient: the step of the starting method is then in the graph
 * once however many there are, which matters where its stages iterate.
 *
 * @param grid of all steps
 */
record FirstStepsSolve<T extends TFloating>(SolveSettings<T> settings, TimeGrid grid, Differentiation differentiation) {

    /**
     * Adds the steps.
     *
     * @param main the stepper of the steps that follow
     */
    FirstSteps<T> add(Ops tf, Operand<T> u0, Values theta, Stepper<T> main, FactorGradient factorGradient) {
        int steps = Math.min(main.history(), grid.count());
        return differentiation
                .ofFirstSteps()
                .filter(own -> steps > 1)
                .map(own -> solved(tf, u0, theta, main, steps, own))
                .orElseGet(() -> FirstSteps.of(
                        tf, settings.problem(), settings.method(), main, grid, u0, theta, factorGradient));
    }

    private FirstSteps<T> solved(Ops tf, Operand<T> u0, Values theta, Stepper<T> main, int steps, Differentiation own) {
        Class<T> type = settings.problem().type();
        double[] times = new double[steps + 1];
        for (int n = 0; n < steps; n++) {
            times[n] = grid.start(n);
            times[n + 1] = grid.start(n) + grid.size(n);
        }
        SolveSettings<T> first = new SolveSettings<>(
                settings.problem(), settings.method().starter(), settings.control(), SaveAt.times(times));
        ForwardResult<T> result = KnownSolve.of(first, grid.first(steps), own).run(tf, u0, theta);
        Operand<T> kept = result.kept(tf).states();
        List<Operand<T>> atTimes = new ArrayList<>();
        List<Operand<T>> states = new ArrayList<>();
        for (int n = 0; n <= steps; n++) {
            atTimes.add(Floats.scalar(tf, type, times[n]));
            states.add(n == 0 ? u0 : tf.gather(kept, tf.constant(n), tf.constant(0)));
        }
        Start<T> start = new Start<>(atTimes, states, theta, Prepared.linearData(tf, settings.problem()));
        return new FirstSteps<>(start, counts(tf, result.statistics(tf), main), 0, result.outcome());
    }

    private static Counts counts(Ops tf, Statistics statistics, Stepper<?> main) {
        return Counts.none()
                .plus(Counter.EVALUATIONS, main.startEvaluations())
                .plus(tf, Counter.EVALUATIONS, statistics.nfe())
                .plus(tf, Counter.LINEAR_SOLVES, statistics.linearSolves())
                .plus(tf, Counter.FACTORIZATIONS, statistics.factorizations())
                .plus(tf, Counter.NEWTON_ITERATIONS, statistics.newtonIterations());
    }
}
