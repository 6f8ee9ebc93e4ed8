package dev.odeon.solvers.forward;

import dev.odeon.solvers.AdamsBashforth;
import dev.odeon.solvers.AdamsBashforthMoulton;
import dev.odeon.solvers.BackwardDifferentiation;
import dev.odeon.solvers.ExponentialRungeKutta;
import dev.odeon.solvers.ImexMultistep;
import dev.odeon.solvers.ImexRungeKutta;
import dev.odeon.solvers.ImplicitRungeKutta;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.NonlinearSplit;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.exponential.ExponentialStepper;
import dev.odeon.solvers.implicit.BackwardDifferentiationStepper;
import dev.odeon.solvers.implicit.CoupledStagesStepper;
import dev.odeon.solvers.implicit.DiagonalStagesStepper;
import dev.odeon.solvers.implicit.SplitStagesStepper;
import dev.odeon.solvers.multistep.AdamsStepper;
import dev.odeon.solvers.multistep.ImexMultistepStepper;
import dev.odeon.solvers.rungekutta.RungeKuttaStepper;
import dev.odeon.solvers.stepper.Problem;
import dev.odeon.solvers.stepper.StepDemand;
import dev.odeon.solvers.stepper.Stepper;
import dev.odeon.solvers.steps.SaveAt;
import org.tensorflow.types.family.TFloating;

/**
 * From methods to steppers: the only place that looks at the class of a method.
 *
 * <p>Everything else that depends on its kind the {@link Method} says itself.
 */
public final class Steppers {

    private Steppers() {}

    /** The stepper of a method. */
    public static <T extends TFloating> Stepper<T> of(Problem<T> problem, Method method, StepDemand use) {
        Stepper<T> stepper = stepper(problem, method, use);
        return use == StepDemand.DENSE && !stepper.interpolates() ? new HermiteStepper<>(problem, stepper) : stepper;
    }

    private static <T extends TFloating> Stepper<T> stepper(Problem<T> problem, Method method, StepDemand use) {
        NonlinearSplit<T> split = problem.split();
        if (method instanceof ImexRungeKutta imex && split != null) {
            return new SplitStagesStepper<>(problem, split, imex, use);
        }
        if (method instanceof RungeKutta rungeKutta) {
            return new RungeKuttaStepper<>(problem, rungeKutta, use);
        }
        if (method instanceof ImexMultistep multistep) {
            return new ImexMultistepStepper<>(problem, multistep);
        }
        if (method instanceof AdamsBashforth adams) {
            return new AdamsStepper<>(problem, adams, AdamsStepper.Mode.PREDICT);
        }
        if (method instanceof AdamsBashforthMoulton adams) {
            return new AdamsStepper<>(problem, adams, AdamsStepper.Mode.PREDICT_AND_CORRECT);
        }
        if (method instanceof BackwardDifferentiation bdf) {
            return new BackwardDifferentiationStepper<>(problem, bdf);
        }
        if (method instanceof ImplicitRungeKutta implicit) {
            return implicit.tableau().coefficients().lowerTriangular()
                    ? new DiagonalStagesStepper<>(problem, implicit, use)
                    : new CoupledStagesStepper<>(problem, implicit, use);
        }
        if (method instanceof ExponentialRungeKutta exponential) {
            return new ExponentialStepper<>(problem, exponential);
        }
        throw new IllegalStateException("No stepper runs " + method.name());
    }

    /** How many coefficients the polynomial has of which steps keep something; zero where they keep their ends alone. */
    public static int keptCoefficients(Method method, SaveAt saveAt) {
        return switch (saveAt.intermediate()) {
            case ALL, DENSE -> method.denseCoefficients();
            case STOPS -> EndStepper.COEFFICIENTS;
            case END, STEPS -> 0;
        };
    }
}
