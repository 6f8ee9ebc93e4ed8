package dev.odeon.experiments.methods;

import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.ReversibleAdjoint;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Family;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;

/** Asks the front door which gradients the solves of a family have, so that the documents cannot be wrong about it. */
final class GradientProbe {

    /** Steps enough for this, and few enough for their states to be stored. */
    private static final int FEW = 100;

    private GradientProbe() {}

    /** The names of the gradients, with fixed steps and with chosen ones. */
    static String of(Family family) {
        String fixed = accepted(Methods.of(family).get(0), new FixedSteps(0.5));
        return Methods.of(family).stream()
                .filter(method -> method.stepSizes() == Method.StepSizes.CHOSEN)
                .findFirst()
                .map(method -> accepted(method, PidController.of(1e-3, 1e-3).withMaxSteps(FEW)))
                .filter(chosen -> !chosen.equals(fixed))
                .map(chosen -> fixed + "; with chosen steps " + chosen)
                .orElse(fixed);
    }

    private static String accepted(Method method, StepControl control) {
        String names = Stream.of(Gradient.DISCRETE_ADJOINT, new ReversibleAdjoint(), Gradient.BACKPROPAGATION)
                .filter(gradient -> accepts(method, control, gradient))
                .map(Gradient::label)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    private static boolean accepts(Method method, StepControl control, Gradient gradient) {
        SplitField<TFloat64> field = new SplitField<>((tf, t, u, theta) -> tf.math.neg(u), ScaledIdentity.of(-1));
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat64> start = tf.placeholder(TFloat64.class, Placeholder.shape(Shape.of(1, 2)));
            OdeSolver.of(field, method, control)
                    .withGradient(gradient)
                    .solve(tf, start, Values.empty(), SaveAt.end(0, 1));
            return true;
        } catch (IllegalArgumentException e) {
            // That is how the front door refuses a gradient.
            return false;
        }
    }
}
