package dev.odeon.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.ode.testing.SeveralGradients;
import dev.odeon.ode.testing.SeveralGradients.LinearPart;
import dev.odeon.ode.testing.SeveralGradients.Numbers;
import dev.odeon.solvers.AdamsBashforth;
import dev.odeon.solvers.AdamsBashforthMoulton;
import dev.odeon.solvers.BackwardDifferentiation;
import dev.odeon.solvers.ExponentialRungeKutta;
import dev.odeon.solvers.ImexMultistep;
import dev.odeon.solvers.ImplicitRungeKutta;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.nonlinear.InnerOptimiser;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.nonlinear.NonlinearSolver;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * Every method with every gradient and every checkpointing that it can have, with fixed and with chosen steps, in both element
 * types.
 *
 * <p>A selection, to save time; {@code -Dodeon.matrix=full} runs the whole product.
 */
class GradientMatrixTest {

    private static final Gradient STORED = Gradient.DISCRETE_ADJOINT;
    private static final Gradient STORED_STAGES = new DiscreteAdjoint(Checkpointing.storeStages());
    private static final Gradient STORED_LINEARISATIONS = new DiscreteAdjoint(Checkpointing.storeLinearisations());
    private static final Gradient REVOLVED = new DiscreteAdjoint(Checkpointing.revolve(2));
    private static final Gradient REVOLVED_ONLINE = new DiscreteAdjoint(Checkpointing.onlineRevolve(2));
    private static final Gradient REVERSED = new ReversibleAdjoint(0.9);

    /** Shortened steps among them, and more steps than the longest formula looks back. */
    private static final SaveAt SEVERAL = SaveAt.times(0, 0.35, 1.1);

    private static final FixedSteps STEPS = new FixedSteps(0.2);
    /** Sizes bound from above and tolerances that are always met: sizes that do not move with the inputs. */
    private static final PidController CHOSEN =
            PidController.of(10, 10).withFirst(0.125).within(0, 0.125).withMaxSteps(20);

    static List<Method> methods() {
        return Methods.all();
    }

    static List<Method> methodsThatChooseSteps() {
        return methods().stream()
                .filter(method -> method.stepSizes() == Method.StepSizes.CHOSEN)
                .toList();
    }

    /** Equations solved more closely than gradients are compared. */
    private static Method tight(Method method) {
        if (method instanceof ImplicitRungeKutta implicit) {
            return implicit.with(tight(implicit.solver()));
        }
        return method instanceof BackwardDifferentiation bdf ? bdf.with(tight(bdf.solver())) : method;
    }

    private static NonlinearSolver tight(NonlinearSolver solver) {
        return solver instanceof InnerOptimiser
                ? new InnerOptimiser(1e-14, 2000, InnerOptimiser.Rule.LBFGS, 0.5)
                : Newton.full().withTolerance(1e-13);
    }

    private static final boolean FULL = System.getProperty("odeon.matrix", "").equals("full");

    /**
     * The methods that iterate have large graphs: all of them have the adjoint, some of each stepper the other checkpointings and
     * gradients and single precision.
     */
    private static boolean few(Method method) {
        return FULL
                || !(method instanceof ImplicitRungeKutta || method instanceof BackwardDifferentiation)
                || List.of(Methods.BACKWARD_EULER, Methods.SDIRK2, Methods.RADAU3, Methods.BDF2, Methods.PROX_SDIRK2)
                        .contains(method);
    }

    /** Explicit and split ones, with equal first stages and without: the field is stored alike by all. */
    private static final List<Method> WITH_LINEARISATIONS =
            List.of(Methods.IMEX_RK2, Methods.IMEX_RK5, Methods.RK4, Methods.TSIT5);

    private static boolean oneStep(Method method) {
        return !(method instanceof ImexMultistep
                || method instanceof AdamsBashforth
                || method instanceof AdamsBashforthMoulton
                || method instanceof BackwardDifferentiation);
    }

    private static String single(Gradient gradient) {
        return gradient + " in single precision";
    }

    private static LinearPart linearPart(Method method, LinearPart trained) {
        return method instanceof ExponentialRungeKutta ? LinearPart.CONSTANT : trained;
    }

    @ParameterizedTest
    @MethodSource("methods")
    void fixedSteps(Method method) {
        List<Gradient> gradients = checkpointed(method, REVOLVED);
        if (method instanceof RungeKutta && (FULL || WITH_LINEARISATIONS.contains(method))) {
            gradients.add(STORED_LINEARISATIONS);
        }
        if (few(method)) {
            gradients.add(Gradient.BACKPROPAGATION);
        }
        if (few(method) && oneStep(method)) {
            gradients.add(REVERSED);
        }
        requireAll(method, linearPart(method, LinearPart.DENSE), STEPS, SEVERAL, gradients);
    }

    @ParameterizedTest
    @MethodSource("methodsThatChooseSteps")
    void chosenSteps(Method method) {
        List<Gradient> gradients = checkpointed(method, REVOLVED_ONLINE);
        if (few(method)) {
            gradients.add(REVERSED);
        }
        requireAll(method, linearPart(method, LinearPart.DIAGONAL), CHOSEN, SaveAt.end(0, 1), gradients);
    }

    private static List<Gradient> checkpointed(Method method, Gradient revolved) {
        List<Gradient> gradients = new ArrayList<>(List.of(STORED));
        if (few(method)) {
            gradients.add(revolved);
        }
        if (method instanceof RungeKutta) {
            gradients.add(STORED_STAGES);
        }
        return gradients;
    }

    private static void requireAll(
            Method method, LinearPart linear, StepControl control, SaveAt saveAt, List<Gradient> gradients) {
        try (SeveralGradients solves = new SeveralGradients(linear, saveAt)) {
            for (Gradient gradient : gradients) {
                solves.add(gradient.toString(), TFloat64.class, tight(method), control, gradient);
            }
            List<Gradient> alsoSingle = FULL ? gradients : few(method) ? List.of(STORED) : List.of();
            for (Gradient gradient : alsoSingle) {
                solves.add(single(gradient), TFloat32.class, method, control, gradient);
            }
            Map<String, Numbers> atTwo = solves.run(0, 2);
            for (Map<String, Numbers> found : List.of(atTwo, solves.run(0, 3))) {
                for (Gradient gradient : alsoSingle) {
                    requireClose(found, single(gradient), gradient.toString(), singleBound(gradient));
                }
                for (Gradient gradient : gradients) {
                    // The reversible solve takes other steps.
                    if (!(gradient instanceof ReversibleAdjoint)) {
                        requireClose(found, gradient.toString(), STORED.toString(), bound(gradient));
                    }
                }
            }
            requireDotProducts(
                    solves, atTwo, gradients.stream().map(Gradient::toString).toList());
        }
    }

    private static final List<Gradient> STORED_INSIDE = List.of(STORED_STAGES, STORED_LINEARISATIONS);

    /** How close a gradient is to that with all states stored: some repeat its arithmetic. */
    private static double bound(Gradient gradient) {
        return gradient instanceof Backpropagation ? 1e-9 : STORED_INSIDE.contains(gradient) ? 1e-13 : 1e-14;
    }

    /** In single precision: the reversible adjoint amplifies the rounding of the states that it reconstructs. */
    private static double singleBound(Gradient gradient) {
        return gradient instanceof ReversibleAdjoint ? 1e-3 : 1e-4;
    }

    private static double[] gradient(Map<String, Numbers> found, String name) {
        return Objects.requireNonNull(found.get(name)).gradient();
    }

    /**
     * The product of weights w and J v is that of J^T w and v, with J v by central differences of two lengths, extrapolated.
     *
     * @param gradients of the weights 2
     */
    private static void requireDotProducts(
            SeveralGradients solves, Map<String, Numbers> gradients, Iterable<String> names) {
        double h = 1e-3;
        List<Map<String, Numbers>> moved = new ArrayList<>();
        for (double step : new double[] {h, -h, 2 * h, -2 * h}) {
            moved.add(solves.run(step, 2));
        }
        double[] weights = solves.weights(2);
        double[] direction = solves.direction();
        for (String name : names) {
            double expected = 0;
            for (int i = 0; i < weights.length; i++) {
                double[] x = new double[4];
                for (int k = 0; k < 4; k++) {
                    x[k] = Objects.requireNonNull(moved.get(k).get(name)).states()[i];
                }
                expected += weights[i] * (8 * (x[0] - x[1]) - (x[2] - x[3])) / (12 * h);
            }
            double product = 0;
            double[] gradient = gradient(gradients, name);
            for (int i = 0; i < direction.length; i++) {
                product += gradient[i] * direction[i];
            }
            assertThat(product).as(name).isCloseTo(expected, within(1e-8 * Math.max(1, Math.abs(expected))));
        }
    }

    private static void requireClose(Map<String, Numbers> found, String name, String reference, double relative) {
        double[] expected = gradient(found, reference);
        double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(scale).isPositive();
        assertThat(gradient(found, name)).as(name).containsExactly(expected, within(relative * scale));
    }

    /** One of each stepper. */
    static List<Method> steppers() {
        return List.of(
                Methods.TSIT5,
                Methods.IMEX_RK3,
                Methods.SBDF3,
                Methods.ABM3,
                Methods.ETDRK2,
                Methods.SDIRK2,
                Methods.RADAU3,
                Methods.BDF3,
                Methods.PROX_BDF2);
    }

    @ParameterizedTest
    @MethodSource("steppers")
    void theGraphDoesNotGrowWithTheSteps(Method method) {
        List<Gradient> gradients = oneStep(method) ? List.of(STORED, REVOLVED, REVERSED) : List.of(STORED, REVOLVED);
        for (Gradient gradient : gradients) {
            assertThat(nodes(method, new FixedSteps(0.001), gradient))
                    .as(gradient.label())
                    .isEqualTo(nodes(method, new FixedSteps(0.1), gradient));
        }
        if (method.stepSizes() == Method.StepSizes.CHOSEN) {
            for (Gradient gradient : List.of(STORED, REVOLVED_ONLINE, REVERSED)) {
                assertThat(nodes(method, CHOSEN.withMaxSteps(10_000), gradient))
                        .as(gradient.label())
                        .isEqualTo(nodes(method, CHOSEN, gradient));
            }
        }
    }

    private static int nodes(Method method, StepControl control, Gradient gradient) {
        try (SeveralGradients solves =
                new SeveralGradients(linearPart(method, LinearPart.DIAGONAL), SaveAt.end(0, 1))) {
            solves.add("", TFloat64.class, method, control, gradient);
            return solves.nodes();
        }
    }
}
