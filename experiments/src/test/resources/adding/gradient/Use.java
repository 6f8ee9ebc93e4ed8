import dev.odeon.adjoint.ClippedAdjoint;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.SaveAt;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/** u' = u over one unit of time: the gradient is e, and the bound where that is less. */
public final class Use {
    public static void main(String[] arguments) {
        System.out.printf("%.4f %.4f%n", gradient(10), gradient(1.5));
    }

    private static double gradient(double bound) {
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            VectorField<TFloat64> growth = (inner, t, u, theta) -> u;
            Operand<TFloat64> start = tf.constant(new double[][] {{1}});
            Operand<TFloat64> end = OdeSolver.of(growth, Methods.RK4, new FixedSteps(0.1))
                    .withGradient(new ClippedAdjoint(bound))
                    .solve(tf, start, Values.empty(), SaveAt.end(0, 1))
                    .last();
            Values gradient = Gradients.of(tf, tf.math.mean(end, tf.constant(new int[] {0, 1})), Values.of("start", start));
            try (Result result = session.runner().fetch(gradient.get("start")).run()) {
                return Floats.read(result.get(0))[0];
            }
        }
    }
}
