package dev.odeon.solvers.forward;

import dev.odeon.graph.Values;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Hermite;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.Stepper;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Gives a stepper without dense output the cubic Hermite interpolant, for one more evaluation of the whole field in each
 * step.
 */
final class HermiteStepper<T extends TFloating> extends Observer<T> {

    private static final String RATE = "rate at the end";

    private final Problem<T> problem;

    HermiteStepper(Problem<T> problem, Stepper<T> stepper) {
        super(stepper);
        this.problem = problem;
    }

    @Override
    protected Values observed(Ops tf, Start<T> start) {
        return Values.of(RATE, problem.rate(tf, start.time(0), start.state(0), start.theta(), start.linearData()));
    }

    @Override
    public int startEvaluations() {
        return super.startEvaluations() + 1;
    }

    @Override
    protected StepOutput<T> observed(Ops tf, StepInput<T> input, StepOutput<T> output) {
        Operand<T> end = problem.rate(tf, input.timeAt(tf, 1), output.next(), input.theta(), input.linearData());
        Operand<T> start = input.memory().get(RATE, problem.type());
        return output.withMemory(output.memory().with(RATE, end))
                .withCounts(output.counts().plus(Counter.EVALUATIONS, 1))
                .withDense(Hermite.between(tf, input, start, output.next(), end));
    }
}
