package dev.odeon.solvers.forward;

import dev.odeon.solvers.AdamsBashforth;
import dev.odeon.solvers.AdamsBashforthMoulton;
import dev.odeon.solvers.BackwardDifferentiation;
import dev.odeon.solvers.ExponentialRungeKutta;
import dev.odeon.solvers.ImexMultistep;
import dev.odeon.solvers.ImexRungeKutta;
import dev.odeon.solvers.ImplicitRungeKutta;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.NonlinearSplit;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.engine.Problem;
import dev.odeon.solvers.engine.Stepper;
import dev.odeon.solvers.engine.Use;
import dev.odeon.solvers.exponential.ExponentialStepper;
import dev.odeon.solvers.implicit.BackwardDifferentiationStepper;
import dev.odeon.solvers.implicit.CoupledStagesStepper;
import dev.odeon.solvers.implicit.DiagonalStagesStepper;
import dev.odeon.solvers.implicit.SplitStagesStepper;
import dev.odeon.solvers.multistep.AdamsStepper;
import dev.odeon.solvers.multistep.ImexMultistepStepper;
import dev.odeon.solvers.rungekutta.RungeKuttaStepper;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.tableaux.Embedded;
import java.util.Optional;
import org.tensorflow.types.family.TFloating;

/** From methods to engines. */
public final class Steppers {

    private Steppers() {}

    /** The error estimate of a method, if it has one. */
    public static Optional<Embedded> errorEstimate(Method method) {
        if (method instanceof RungeKutta rungeKutta) {
            return rungeKutta.embedded();
        }
        return method instanceof ImplicitRungeKutta implicit
                ? implicit.tableau().embedded()
                : Optional.empty();
    }

    /** Coefficients of a cubic: the dense output of methods without their own. */
    private static final int CUBIC = 4;

    /** The engine of a method. */
    public static <T extends TFloating> Stepper<T> of(Problem<T> problem, Method method, Use use) {
        Stepper<T> engine = engine(problem, method, use);
        boolean hasDense = engine instanceof RungeKuttaStepper
                || engine instanceof DiagonalStagesStepper
                || engine instanceof SplitStagesStepper;
        return use == Use.DENSE && !hasDense ? new HermiteStepper<>(problem, engine) : engine;
    }

    /** How many coefficients the polynomial has from which states are kept at given times; zero where none are. */
    public static int keptCoefficients(Method method, SaveAt saveAt) {
        return switch (saveAt.intermediate()) {
            case ALL -> denseCoefficients(method);
            case STOPS -> EndStepper.COEFFICIENTS;
            case END, STEPS, DENSE -> 0;
        };
    }

    /** How many coefficients the dense output of a method has. */
    public static int denseCoefficients(Method method) {
        int count = 1;
        if (method instanceof RungeKutta rungeKutta && rungeKutta.dense().isPresent()) {
            for (double[] polynomial : rungeKutta.dense().get()) {
                count = Math.max(count, 1 + polynomial.length);
            }
            return count;
        }
        return CUBIC;
    }

    private static <T extends TFloating> Stepper<T> engine(Problem<T> problem, Method method, Use use) {
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
            return new AdamsStepper<>(problem, adams.order(), AdamsStepper.Mode.PREDICT);
        }
        if (method instanceof AdamsBashforthMoulton adams) {
            return new AdamsStepper<>(problem, adams.order(), AdamsStepper.Mode.PREDICT_AND_CORRECT);
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
        throw new IllegalStateException("No engine runs " + method.name());
    }

    /** The method of a solve: itself, or the one that takes its first steps where the solve has no others. */
    public static <T extends TFloating> Method forSteps(Problem<T> problem, Method method, int steps) {
        int first = of(problem, method, Use.FIXED).history();
        return first > 0 && steps <= first ? starterOf(method) : method;
    }

    /** The one-step method that takes the first steps of a multistep method: of the same order or higher. */
    public static Method starterOf(Method method) {
        if (method instanceof ImexMultistep) {
            return switch (method.order()) {
                case 1, 2 -> Methods.IMEX_RK2;
                case 3 -> Methods.IMEX_RK3;
                default -> Methods.IMEX_RK4;
            };
        }
        if (method instanceof BackwardDifferentiation bdf) {
            ImplicitRungeKutta starter = switch (method.order()) {
                case 1, 2 -> Methods.SDIRK2;
                case 3 -> Methods.KVAERNO3;
                case 4 -> Methods.KVAERNO4;
                default -> Methods.KVAERNO5;
            };
            return starter.with(bdf.solver());
        }
        return method.order() <= 4 ? Methods.RK4 : Methods.DOPRI5;
    }
}
