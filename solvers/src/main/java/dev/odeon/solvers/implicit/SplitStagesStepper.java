package dev.odeon.solvers.implicit;

import dev.odeon.graph.Values;
import dev.odeon.solvers.ImexRungeKutta;
import dev.odeon.solvers.NonlinearSplit;
import dev.odeon.solvers.stepper.Counter;
import dev.odeon.solvers.stepper.Counts;
import dev.odeon.solvers.stepper.Hermite;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.Start;
import dev.odeon.solvers.stepper.StepDemand;
import dev.odeon.solvers.stepper.StepInput;
import dev.odeon.solvers.stepper.StepOutput;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.Embedded;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The stepper of the implicit-explicit Runge-Kutta methods on a field whose implicit part is nonlinear.
 *
 * <p>U_i = u + h sum_(j below i) (a_ij G_j + a~_ij F_j) + h a~_ii F(t_i, U_i), by a nonlinear solver; F_i is taken from the
 * solved equation, and evaluated only at explicit stages where some weight asks for it. An evaluation of G and one of F
 * count as one each.
 */
public final class SplitStagesStepper<T extends TFloating> implements Stepper<T> {

    private static final String RATE = "rate";

    private final Problem<T> problem;
    private final NonlinearSplit<T> split;
    private final ImexRungeKutta method;
    private final Butcher explicit;
    private final Butcher implicit;
    private final StepDemand use;
    private final Iterations iterations;

    public SplitStagesStepper(Problem<T> problem, NonlinearSplit<T> split, ImexRungeKutta method, StepDemand use) {
        this.problem = problem;
        this.split = split;
        this.method = method;
        this.explicit = method.tableau().explicit();
        this.implicit = method.tableau().implicit();
        this.use = use;
        this.iterations = new Iterations(split.solver(), problem);
    }

    @Override
    public Set<Counter> counters() {
        return EnumSet.allOf(Counter.class);
    }

    /** Dense output interpolates between the rates at both ends. */
    @Override
    public Values memory(Ops tf, Start<T> start) {
        return use == StepDemand.DENSE
                ? Values.of(RATE, problem.rate(tf, start.time(0), start.state(0), start.theta(), start.linearData()))
                : Values.empty();
    }

    @Override
    public int startEvaluations() {
        return use == StepDemand.DENSE ? 2 : 0;
    }

    @Override
    public boolean interpolates() {
        return true;
    }

    @Override
    public StepOutput<T> step(Ops tf, StepInput<T> input) {
        StepEquations<T> equations = new StepEquations<>(tf, iterations, input);
        Counts counts = Counts.none();
        SplitRates<T> rates = new SplitRates<>(tf, input);
        Operand<T> stage = input.state();
        for (int i = 0; i < explicit.stages(); i++) {
            Operand<T> known = rates.added(input.state(), explicit.row(i), implicit.row(i));
            Operand<T> time = input.timeAt(tf, implicit.c(i));
            double diagonal = implicit.a(i, i);
            Operand<T> implicitRate = null;
            if (diagonal != 0) {
                Operand<T> alpha = input.size().times(tf, diagonal);
                stage = equations.solve(StageEquation.of(split.implicit(), input, time, alpha, known), stage, diagonal);
                implicitRate = tf.math.div(tf.math.sub(stage, known), alpha);
            } else {
                stage = known;
                if (readsImplicitRate(i)) {
                    implicitRate = split.implicit().evaluate(tf, time, stage, input.theta());
                    counts = counts.plus(Counter.EVALUATIONS, 1);
                }
            }
            rates.add(problem.evaluate(tf, input.timeAt(tf, explicit.c(i)), stage, input.theta()), implicitRate);
            counts = counts.plus(Counter.EVALUATIONS, 1);
        }
        Operand<T> next = rates.added(input.state(), explicit.b(), implicit.b());
        Operand<T> end = null;
        if (use == StepDemand.DENSE || (use == StepDemand.ERROR && estimateReadsEnd())) {
            end = problem.rate(tf, input.timeAt(tf, 1), next, input.theta(), input.linearData());
            counts = counts.plus(Counter.EVALUATIONS, 2);
        }
        Values memory = Values.empty();
        List<Operand<T>> interpolant = null;
        if (use == StepDemand.DENSE && end != null) {
            memory = Values.of(RATE, end);
            interpolant = Hermite.between(tf, input, input.memory().get(RATE, problem.type()), next, end);
        }
        return StepOutput.of(next, memory, equations.counts().plus(tf, counts))
                .withFailure(equations.failure())
                .withError(use == StepDemand.STATE ? null : error(tf, input, rates, end))
                .withDense(interpolant);
    }

    private boolean estimateReadsEnd() {
        return method.embedded()
                .filter(embedded -> embedded.rates() > explicit.stages())
                .isPresent();
    }

    /** Whether a later stage, the result or the error estimate needs F at a stage. */
    private boolean readsImplicitRate(int i) {
        boolean read = implicit.b(i) != 0
                || (use != StepDemand.STATE
                        && method.embedded()
                                .filter(embedded -> embedded.weight(i) != 0)
                                .isPresent());
        for (int j = i + 1; j < implicit.stages(); j++) {
            read |= implicit.a(j, i) != 0;
        }
        return read;
    }

    /** The difference of the two results; null where the method has only one. */
    private @Nullable Operand<T> error(Ops tf, StepInput<T> input, SplitRates<T> rates, @Nullable Operand<T> end) {
        if (method.embedded().isEmpty()) {
            return null;
        }
        Embedded embedded = method.embedded().get();
        double[] ofExplicit = explicit.b();
        double[] ofImplicit = implicit.b();
        for (int i = 0; i < explicit.stages(); i++) {
            ofExplicit[i] -= embedded.weight(i);
            ofImplicit[i] -= embedded.weight(i);
        }
        Operand<T> error = rates.added(tf.zerosLike(input.state()), ofExplicit, ofImplicit);
        return end == null || !estimateReadsEnd()
                ? error
                : tf.math.sub(error, tf.math.mul(end, input.size().times(tf, embedded.weight(explicit.stages()))));
    }
}
