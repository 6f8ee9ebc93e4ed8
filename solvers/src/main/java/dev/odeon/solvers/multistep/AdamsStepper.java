package dev.odeon.solvers.multistep;

import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Counts;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.Stepper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The stepper of the Adams methods: Adams-Bashforth, alone or as the predictor of Adams-Moulton.
 *
 * <p>With a corrector the rate at the corrected state is evaluated last and remembered, so that the next step begins with
 * it: two evaluations a step.
 */
public final class AdamsStepper<T extends TFloating> implements Stepper<T> {

    private static final String RATE = "rate";
    private static final String CORRECTED = "corrected";

    /** Whether a corrector follows the predictor. */
    public enum Mode {
        /** Adams-Bashforth alone. */
        PREDICT,
        /** Predict, evaluate, correct, evaluate. */
        PREDICT_AND_CORRECT
    }

    private final Problem<T> problem;
    private final Method method;
    private final int steps;
    private final Mode mode;

    /**
     * A stepper of an Adams method.
     *
     * @param method for its order and how far it looks back
     */
    public AdamsStepper(Problem<T> problem, Method method, Mode mode) {
        this.problem = problem;
        this.method = method;
        this.steps = method.order();
        this.mode = mode;
    }

    @Override
    public int history() {
        return method.history();
    }

    @Override
    public Set<Counter> counters() {
        return Set.of(Counter.EVALUATIONS);
    }

    @Override
    public Values prepare(Ops tf, Values linearData, double[] sizes) {
        double[] past = Polynomials.past(sizes, steps);
        Values weights = PreparedWeights.of(tf, problem.type(), RATE, times(Polynomials.integrals(past), sizes[0]));
        return mode == Mode.PREDICT
                ? weights
                : weights.and(PreparedWeights.of(
                        tf,
                        problem.type(),
                        CORRECTED,
                        times(Polynomials.integrals(Polynomials.withNew(past, steps)), sizes[0])));
    }

    private static double[] times(double[] weights, double size) {
        double[] scaled = weights.clone();
        for (int j = 0; j < scaled.length; j++) {
            scaled[j] *= size;
        }
        return scaled;
    }

    /** The age of the newest rate in the memory: with a corrector that at the state itself. */
    private int youngest() {
        return mode == Mode.PREDICT ? 1 : 0;
    }

    @Override
    public Values memory(Ops tf, Start<T> start) {
        Values memory = Values.empty();
        for (int age = youngest(); age < steps; age++) {
            memory = memory.with(RATE + age, problem.evaluate(tf, start.time(age), start.state(age), start.theta()));
        }
        return memory;
    }

    @Override
    public int startEvaluations() {
        return steps - youngest();
    }

    @Override
    public StepOutput<T> step(Ops tf, StepInput<T> input) {
        Operand<T> rate = mode == Mode.PREDICT
                ? problem.evaluate(tf, input.time(), input.state(), input.theta())
                : input.memory().get(RATE + 0, problem.type());
        List<Operand<T>> rates = Memory.recalled(input.memory(), RATE, rate, steps);
        Operand<T> predicted = tf.math.add(input.state(), PreparedWeights.sum(tf, input.prepared(), RATE, rates));
        Values memory = Memory.kept(RATE, rates);
        if (mode == Mode.PREDICT) {
            return StepOutput.of(predicted, memory, Counts.none().plus(Counter.EVALUATIONS, 1));
        }
        Operand<T> end = input.timeAt(tf, 1);
        List<Operand<T>> corrected = new ArrayList<>();
        corrected.add(problem.evaluate(tf, end, predicted, input.theta()));
        corrected.addAll(rates.subList(0, steps - 1));
        Operand<T> next = tf.math.add(input.state(), PreparedWeights.sum(tf, input.prepared(), CORRECTED, corrected));
        Values all = Values.of(RATE + 0, problem.evaluate(tf, end, next, input.theta()))
                .and(memory);
        return StepOutput.of(next, all, Counts.none().plus(Counter.EVALUATIONS, 2));
    }
}
