package dev.odeon.solvers.implicit;

import dev.odeon.graph.Values;
import dev.odeon.solvers.BackwardDifferentiation;
import dev.odeon.solvers.multistep.Memory;
import dev.odeon.solvers.multistep.Polynomials;
import dev.odeon.solvers.multistep.PreparedWeights;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.Stepper;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** The stepper of the backward differentiation formulas: sum_j d_j u_(n+1-j) = h f(t_(n+1), u_(n+1)), d for any grid. */
public final class BackwardDifferentiationStepper<T extends TFloating> implements Stepper<T> {

    private static final String STATE = "earlier state ";

    private final Problem<T> problem;
    private final BackwardDifferentiation method;
    private final int steps;
    private final Iterations iterations;

    public BackwardDifferentiationStepper(Problem<T> problem, BackwardDifferentiation method) {
        this.problem = problem;
        this.method = method;
        this.steps = method.order();
        this.iterations = new Iterations(method.solver(), problem);
    }

    @Override
    public int history() {
        return method.history();
    }

    @Override
    public Set<Counter> counters() {
        return EnumSet.allOf(Counter.class);
    }

    @Override
    public Values prepare(Ops tf, Values linearData, double[] sizes) {
        double[] d = Polynomials.backward(sizes, steps);
        return PreparedWeights.of(tf, problem.type(), STATE, Polynomials.atRest(d))
                .and(PreparedWeights.of(tf, problem.type(), "alpha", sizes[0] / d[0]));
    }

    @Override
    public Values memory(Ops tf, Start<T> start) {
        Values memory = Values.empty();
        for (int age = 1; age < steps; age++) {
            memory = memory.with(STATE + age, start.state(age));
        }
        return memory;
    }

    @Override
    public StepOutput<T> step(Ops tf, StepInput<T> input) {
        List<Operand<T>> states = Memory.recalled(input.memory(), STATE, input.state(), steps);
        Operand<T> known = PreparedWeights.sum(tf, input.prepared(), STATE, states);
        StepEquations<T> equations = new StepEquations<>(tf, iterations, input);
        Equation<T> equation = StageEquation.of(
                problem.field(), input, input.timeAt(tf, 1), input.prepared().get("alpha0", problem.type()), known);
        Operand<T> next = equations.solve(equation, input.state(), 1);
        return StepOutput.of(next, Memory.kept(STATE, states), equations.counts())
                .withFailure(equations.failure());
    }
}
