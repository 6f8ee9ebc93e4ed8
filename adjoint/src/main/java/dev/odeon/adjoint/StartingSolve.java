package dev.odeon.adjoint;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Statistics;
import dev.odeon.solvers.engine.Counter;
import dev.odeon.solvers.engine.Counts;
import dev.odeon.solvers.engine.Problem;
import dev.odeon.solvers.engine.Start;
import dev.odeon.solvers.engine.Stepper;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.forward.Starting;
import dev.odeon.solvers.forward.Steppers;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.TimeGrid;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The first steps of a multistep method as a solve of their own, with its own adjoint: the step of the starting method is in
 * the graph once however many there are, which matters where its stages iterate.
 */
record StartingSolve<T extends TFloating>(Ops tf, Problem<T> problem, Method method, Gradient gradient) {

    /** Whether there are several such steps, and no unrolled ones are asked for. */
    boolean suits(Stepper<T> main, TimeGrid grid) {
        return Math.min(main.history(), grid.count()) > 1 && !(gradient instanceof Backpropagation);
    }

    /** Adds the solve. */
    Starting<T> run(Operand<T> u0, Values theta, Stepper<T> main, TimeGrid grid) {
        int steps = Math.min(main.history(), grid.count());
        double[] times = new double[steps + 1];
        for (int n = 0; n < steps; n++) {
            times[n] = grid.starts()[n];
            times[n + 1] = grid.starts()[n] + grid.size(n);
        }
        Gradient exact = gradient instanceof NoGradient ? Gradient.NONE : Gradient.DISCRETE_ADJOINT;
        Solution<T> solution = new FixedSolve<>(tf, problem, Steppers.starterOf(method), exact, null)
                .run(u0, theta, grid.first(steps), SaveAt.times(times));
        List<Operand<T>> atTimes = new ArrayList<>();
        List<Operand<T>> states = new ArrayList<>();
        for (int n = 0; n <= steps; n++) {
            atTimes.add(Floats.scalar(tf, problem.type(), times[n]));
            states.add(n == 0 ? u0 : tf.gather(solution.states(), tf.constant(n), tf.constant(0)));
        }
        Start<T> start = new Start<>(atTimes, states, theta, Prepared.linearData(tf, problem));
        return new Starting<>(start, counts(solution.statistics(), main), 0, solution.outcome());
    }

    private Counts counts(Statistics statistics, Stepper<T> main) {
        return Counts.none()
                .plus(Counter.EVALUATIONS, main.startEvaluations())
                .plus(tf, Counter.EVALUATIONS, statistics.nfe())
                .plus(tf, Counter.LINEAR_SOLVES, statistics.linearSolves())
                .plus(tf, Counter.FACTORIZATIONS, statistics.factorizations())
                .plus(tf, Counter.NEWTON_ITERATIONS, statistics.newtonIterations());
    }
}
