package dev.odeon.experiments.methods;

import dev.odeon.adjoint.Gradient;
import dev.odeon.adjoint.OdeSolver;
import dev.odeon.graph.Values;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;

/** Asks the front door which gradients the solves of a family have, so that the documents cannot be wrong about it. */
final class GradientProbe {

    private GradientProbe() {}

    /** The names of the gradients. */
    static String of(Family family) {
        Method fixed = family.methods().get(0);
        List<String> names = new ArrayList<>();
        for (Gradient gradient : Gradient.values()) {
            if (gradient != Gradient.NONE && accepts(fixed, new FixedSteps(0.5), gradient)) {
                names.add(gradient.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
            }
        }
        if (names.isEmpty()) {
            return "none";
        }
        boolean chosen = family.methods().stream()
                .filter(method -> method.stepSizes() == Method.StepSizes.ADAPTIVE)
                .findFirst()
                .map(method -> accepts(method, PidController.of(1e-3, 1e-3), Gradient.DISCRETE_ADJOINT))
                .orElse(true);
        return String.join(", ", names) + (chosen ? "" : "; with fixed steps");
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
