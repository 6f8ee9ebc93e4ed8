package dev.odeon.adjoint.differentiation;

import dev.odeon.adjoint.backward.BackwardLoop;
import dev.odeon.adjoint.backward.ReversedStates;
import dev.odeon.adjoint.backward.StateComparison;
import dev.odeon.adjoint.backward.TakenSteps;
import dev.odeon.adjoint.step.LargestStates;
import dev.odeon.adjoint.step.ReversibleStepper;
import dev.odeon.graph.TensorSpec;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.forward.Storage;
import dev.odeon.solvers.solve.Differentiation;
import dev.odeon.solvers.solve.GradientPlan;
import dev.odeon.solvers.solve.SolveSettings;
import dev.odeon.solvers.solve.StepBound;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.steps.PidController;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * The steps are those of a reversible stepper, which finds the states before them again.
 *
 * @param label of the gradient in messages
 * @param coupling of the two states
 * @param tolerance of the comparison with the initial state; null for what the element type allows
 */
public record ReversibleDifferentiation(
        String label, double coupling, @Nullable Double tolerance) implements Differentiation {

    private static final double IN_SINGLE_PRECISION = 1e-2;
    private static final double IN_DOUBLE_PRECISION = 1e-3;

    private static final System.Logger LOG = System.getLogger(ReversibleDifferentiation.class.getName());

    @Override
    public <T extends TFloating> void require(Ops tf, SolveSettings<T> settings) {
        Requirements.pointsOnly(settings, label);
        requireOneStep(settings.method());
        if (settings.problem().type().equals(TFloat32.class)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The reversible adjoint reconstructs its states to rounding, which float32 makes coarse: take float64,"
                            + " or Gradient.DISCRETE_ADJOINT");
        }
        if (settings.control() instanceof PidController && settings.saveAt().keepsTimes()) {
            throw new IllegalArgumentException("States kept between chosen steps have no " + label
                    + ": keep the end only, take FixedSteps, or Gradient.DISCRETE_ADJOINT");
        }
        Requirements.constantExponential(tf, settings);
    }

    private @Nullable StateComparison comparison(Class<?> type) {
        double bound = type.equals(TFloat32.class) ? IN_SINGLE_PRECISION : IN_DOUBLE_PRECISION;
        return StateComparison.of(tolerance == null ? bound : tolerance);
    }

    private static void requireOneStep(Method method) {
        if (method.multistep()) {
            throw new IllegalArgumentException("The method " + method.name()
                    + " looks back over several steps and cannot be made reversible: take a one-step method such as"
                    + " imex-rk3 or dopri5, or Gradient.DISCRETE_ADJOINT");
        }
    }

    @Override
    public <T extends TFloating> Stepper<T> stepper(SolveSettings<T> settings, Stepper<T> stepper) {
        ReversibleStepper<T> reversible =
                new ReversibleStepper<>(settings.problem(), settings.method(), stepper, coupling);
        return comparison(settings.problem().type()) == null ? reversible : new LargestStates<>(reversible);
    }

    @Override
    public Optional<Differentiation> ofFirstSteps() {
        return DiscreteDifferentiation.ofFew();
    }

    @Override
    public <T extends TFloating> GradientPlan<T> plan(
            Ops tf, SolveSettings<T> settings, StepBound bound, List<TensorSpec> perStep) {
        @Nullable StateComparison comparison = comparison(settings.problem().type());
        return new GradientPlan<>(Storage.sizesOnly(), (inner, loop, nodes) -> {
            TakenSteps<T> steps = TakenSteps.of(loop);
            Stepper<T> taken = loop.stepper() instanceof LargestStates<T> around ? around.watched() : loop.stepper();
            ReversedStates<T> recall = new ReversedStates<>(steps, (ReversibleStepper<T>) taken, comparison);
            return BackwardLoop.define(inner, steps, recall, loop).key(inner, nodes);
        });
    }
}
