package dev.odeon.adjoint.differentiation;

import dev.odeon.adjoint.backward.BackwardLoop;
import dev.odeon.adjoint.backward.TakenSteps;
import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.graph.TensorSpec;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.solve.Differentiation;
import dev.odeon.solvers.solve.GradientPlan;
import dev.odeon.solvers.solve.SolveSettings;
import dev.odeon.solvers.solve.StepBound;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import java.util.List;
import java.util.Optional;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The steps are gone back over one by one.
 *
 * @param label of the gradient in messages
 * @param checkpointing which states are kept
 */
public record DiscreteDifferentiation(String label, Checkpointing checkpointing) implements Differentiation {

    /** No more states are stored without being asked for. */
    static final int MOST_STORED = 10_000;

    /** The differentiation of a few steps in front of a loop. */
    static Optional<Differentiation> ofFew() {
        return Optional.of(new DiscreteDifferentiation("discrete adjoint", Checkpointing.storeAll()));
    }

    @Override
    public <T extends TFloating> void require(Ops tf, SolveSettings<T> settings) {
        Requirements.noEvent(settings);
        if (checkpointing instanceof Checkpointing.StoreStages) {
            requireStages(settings);
        }
        if (checkpointing instanceof Checkpointing.StoreLinearisations) {
            requireEvaluations(settings);
        }
        if (settings.control() instanceof PidController control) {
            requireBound(control);
        }
        Requirements.constantExponential(tf, settings);
    }

    private static void requireStages(SolveSettings<?> settings) {
        Method method = settings.method();
        if (method.stageByStage().isEmpty() || settings.problem().split() != null) {
            throw new IllegalArgumentException("The adjoint of " + method.name()
                    + " has no use for stored stages: take Checkpointing.storeAll(), or an explicit or IMEX Runge-Kutta"
                    + " method with a linear implicit part");
        }
        boolean between =
                settings.control() instanceof PidController && settings.saveAt().keepsTimes();
        if (between || settings.saveAt().intermediate() == SaveAt.Kept.DENSE) {
            throw new IllegalArgumentException(
                    (between ? "The adjoint of states between chosen steps" : "The adjoint of dense output")
                            + " has no use for stored stages: take Checkpointing.storeAll(), "
                            + (between ? "keep the end only, or take FixedSteps" : "or keep states at given times"));
        }
    }

    private static void requireEvaluations(SolveSettings<?> settings) {
        boolean stages = settings.method().stageByStage().isPresent()
                && settings.problem().split() == null;
        if (!stages) {
            throw noLinearisations("of " + settings.method().name());
        }
        if (settings.control() instanceof PidController) {
            throw noLinearisations("of chosen steps");
        }
        if (settings.saveAt().intermediate() == SaveAt.Kept.DENSE) {
            throw noLinearisations("of dense output");
        }
    }

    private static IllegalArgumentException noLinearisations(String what) {
        return new IllegalArgumentException("The adjoint " + what
                + " stores no linearisations: take Checkpointing.storeAll(), or steps of known sizes by an explicit or IMEX"
                + " Runge-Kutta method with a linear implicit part, and keep states at given times");
    }

    private void requireBound(PidController control) {
        boolean all =
                checkpointing instanceof Checkpointing.StoreAll || checkpointing instanceof Checkpointing.StoreStages;
        if (all && control.maxSteps() > MOST_STORED) {
            throw new IllegalArgumentException(
                    "The adjoint stores up to " + control.maxSteps() + " states: bound them by withMaxSteps, at most "
                            + MOST_STORED + ", or take Checkpointing.onlineRevolve(slots)");
        }
    }

    @Override
    public Optional<Differentiation> ofFirstSteps() {
        return ofFew();
    }

    @Override
    public <T extends TFloating> GradientPlan<T> plan(
            Ops tf, SolveSettings<T> settings, StepBound bound, List<TensorSpec> perStep) {
        CheckpointPlan plan = CheckpointPlan.of(checkpointing, settings.method(), bound, perStep);
        return new GradientPlan<>(plan.storage(), (inner, loop, nodes) -> {
            TakenSteps<T> steps = TakenSteps.of(loop);
            return BackwardLoop.define(inner, steps, plan.recall(steps, loop), loop)
                    .key(inner, nodes);
        });
    }
}
