package dev.odeon.solvers.solve;

import dev.odeon.graph.RunTimeValues;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.forward.FirstSteps;
import dev.odeon.solvers.forward.KnownLoop;
import dev.odeon.solvers.forward.Prepared;
import dev.odeon.solvers.forward.Prepared.FactorGradient;
import dev.odeon.solvers.forward.SampleClock;
import dev.odeon.solvers.forward.Segments;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.steps.KnownSteps;
import dev.odeon.solvers.steps.StepsPerInterval;
import dev.odeon.solvers.steps.TimeGrid;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** A solve of steps whose sizes are known before it, as a loop or unrolled. */
final class KnownSolve<T extends TFloating> implements ForwardSolve<T> {

    private final SolveSettings<T> settings;
    private final Method method;
    private final TimeGrid grid;
    private final @Nullable StepsPerInterval segments;
    private final Differentiation differentiation;

    private KnownSolve(
            SolveSettings<T> settings,
            Method method,
            TimeGrid grid,
            @Nullable StepsPerInterval segments,
            Differentiation differentiation) {
        this.settings = settings;
        this.method = method;
        this.grid = grid;
        this.segments = segments;
        this.differentiation = differentiation;
    }

    /** By the steps of a control. */
    static <T extends TFloating> KnownSolve<T> of(
            SolveSettings<T> settings, KnownSteps steps, Differentiation differentiation) {
        SampleClock<T> clock = settings.clock();
        if (clock != null && steps instanceof StepsPerInterval perInterval) {
            return new KnownSolve<>(settings, settings.method(), clock.grid(perInterval), perInterval, differentiation);
        }
        TimeGrid grid = steps.grid(settings.saveAt());
        Method method = settings.method().forSteps(grid.count());
        return new KnownSolve<>(settings, method, grid, null, differentiation);
    }

    /** By steps that are given one by one. */
    static <T extends TFloating> KnownSolve<T> of(
            SolveSettings<T> settings, TimeGrid grid, Differentiation differentiation) {
        return new KnownSolve<>(settings, settings.method(), grid, null, differentiation);
    }

    @Override
    public ForwardResult<T> run(Ops tf, Operand<T> u0, Values theta) {
        SampleClock<T> clock = settings.clock();
        Segments rows = clock == null || segments == null
                ? null
                : clock.segments(tf, segments, settings.problem().linear());
        SolveSettings<T> used = settings.with(method, settings.saveAt());
        KnownObservation<T> observation = new KnownObservation<>(used, grid);
        Stepper<T> stepper = differentiation.stepper(used, observation.stepper());
        FactorGradient follow =
                differentiation.form() == Differentiation.Form.UNROLLED ? FactorGradient.FOLLOW : FactorGradient.STOP;
        Prepared<T> prepared = Prepared.of(tf, settings.problem(), stepper, grid, theta, follow, rows);
        Operand<T> from = follow == FactorGradient.FOLLOW ? RunTimeValues.of(tf, u0) : u0;
        FirstSteps<T> starting =
                new FirstStepsSolve<>(used, grid, differentiation).add(tf, from, theta, stepper, follow);
        if (clock != null) {
            starting = starting.unless(tf, clock);
        }
        return follow == FactorGradient.FOLLOW
                ? UnrolledSteps.added(tf, prepared, starting, settings.saveAt(), observation)
                : looped(tf, prepared, starting, observation);
    }

    private ForwardResult<T> looped(
            Ops tf, Prepared<T> prepared, FirstSteps<T> starting, KnownObservation<T> observation) {
        Values initial = observation.started(tf, KnownLoop.initial(tf, prepared, starting));
        GradientPlan<T> plan = differentiation.plan(
                tf,
                settings,
                new StepBound(prepared.count(), StepBound.Kind.KNOWN),
                KnownLoop.perStep(initial.specs()));
        initial = KnownLoop.storing(tf, prepared, initial, plan.storage());
        WhileLoop loop = KnownLoop.define(tf, prepared, initial, plan.storage());
        List<BackwardNode> nodes = new CopyOnWriteArrayList<>();
        String key = plan.attachment()
                .key(
                        tf,
                        new DefinedLoop.Known<>(
                                loop,
                                initial.specs(),
                                prepared.invariants().specs(),
                                method,
                                settings.saveAt(),
                                prepared),
                        nodes);
        Values results = loop.run(tf, initial, prepared.invariants(), key).values();
        return new KnownResult<>(tf, prepared, starting, settings.saveAt(), observation, results, nodes);
    }
}
