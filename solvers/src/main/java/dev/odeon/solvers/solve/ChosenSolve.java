package dev.odeon.solvers.solve;

import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.forward.LoopNames;
import dev.odeon.solvers.forward.SampleClock;
import dev.odeon.solvers.forward.chosen.ChosenLoop;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.Resolution;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.tableaux.Embedded;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** A solve whose step sizes are chosen during it. */
final class ChosenSolve<T extends TFloating> implements ForwardSolve<T> {

    private final SolveSettings<T> settings;
    private final PidController control;
    private final Embedded embedded;
    private final Differentiation differentiation;

    /** Of settings whose control is a {@link PidController}. */
    ChosenSolve(SolveSettings<T> settings, Differentiation differentiation) {
        Problem<T> problem = settings.problem();
        PidController given = (PidController) settings.control();
        this.embedded = estimate(settings.method(), given);
        this.control = given.attainable(problem.type(), problem.shape());
        this.settings = settings.with(control).with(problem.with(new Resolution(control.rtol(), control.atol())));
        this.differentiation = differentiation;
    }

    /**
     * The error estimate of a method, by which a control chooses the steps.
     *
     * @throws IllegalArgumentException if the method cannot choose its steps so
     */
    static Embedded estimate(Method method, PidController control) {
        Embedded embedded = method.embedded()
                .orElseThrow(() -> new IllegalArgumentException("The method " + method.name()
                        + " has no error estimate: take FixedSteps, or a method with one such as tsit5, imex-rk3 or"
                        + " kvaerno5"));
        if (control.scope() == PidController.Scope.EACH_SAMPLE && !method.choosesForEachSample()) {
            throw new IllegalArgumentException("The method " + method.name()
                    + " solves for the whole batch at once, so that its samples cannot have their own steps: share them, or"
                    + " take an explicit Runge-Kutta method");
        }
        return embedded;
    }

    @Override
    public ForwardResult<T> run(Ops tf, Operand<T> u0, Values theta) {
        ChosenLoop<T> steps = new ChosenLoop<>(
                settings.problem(),
                settings.method(),
                stepper -> differentiation.stepper(settings, stepper),
                embedded.order(),
                control,
                settings.saveAt(),
                settings.event(),
                settings.clock());
        GradientPlan<T> plan = differentiation.plan(
                tf,
                settings,
                new StepBound(control.maxSteps(), StepBound.Kind.CHOSEN),
                List.of(new TensorSpec(LoopNames.STATE, u0.type(), u0.shape(), true)));
        List<BackwardNode> nodes = new CopyOnWriteArrayList<>();
        SampleClock<T> clock = settings.clock();
        Values parameters = clock == null ? theta : clock.theta(tf, theta);
        Values results = steps.run(
                tf,
                u0,
                parameters,
                plan.storage(),
                (loop, initial, invariants) -> plan.attachment()
                        .key(
                                tf,
                                new DefinedLoop.Chosen<>(
                                        loop, initial, invariants, settings.method(), settings.saveAt(), steps),
                                nodes));
        return new ChosenResult<>(tf, settings, steps, u0, parameters, results, nodes);
    }
}
