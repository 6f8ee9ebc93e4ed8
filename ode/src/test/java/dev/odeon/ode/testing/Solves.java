package dev.odeon.ode.testing;

import dev.odeon.adjoint.Gradient;
import dev.odeon.graph.Floats;
import dev.odeon.graph.TestGraph;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.ode.Solution;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Outcome;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.ScaledIdentity;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/** Solves without gradient, to their end. */
public final class Solves {

    private Solves() {}

    public record End(double[] state, Outcome outcome, int nfe, int factorizations) {}

    /** Any method on an unsplit field; methods that need a linear part get one that is zero. */
    public static End of(
            VectorField<TFloat64> field, Method method, StepControl control, double[][] u0, SaveAt saveAt) {
        return of(new SplitField<>(field, ScaledIdentity.of(0)), method, control, u0, saveAt);
    }

    public static End of(SplitField<TFloat64> field, Method method, StepControl control, double[][] u0, SaveAt saveAt) {
        try (TestGraph graph = new TestGraph()) {
            int width = u0[0].length;
            double[] flat = new double[u0.length * width];
            for (int i = 0; i < u0.length; i++) {
                System.arraycopy(u0[i], 0, flat, i * width, width);
            }
            Shape shape = Shape.of(u0.length, width);
            Operand<TFloat64> start =
                    graph.tf().placeholderWithDefault(Floats.constant(graph.tf(), TFloat64.class, shape, flat), shape);
            Solution<TFloat64> solution = OdeSolver.of(field, method, control)
                    .withGradient(Gradient.NONE)
                    .solve(graph.tf(), start, Values.empty(), saveAt);
            try (Result result = graph.quickSession()
                    .runner()
                    .fetch(solution.last())
                    .fetch(solution.outcome())
                    .fetch(solution.statistics().nfe())
                    .fetch(solution.statistics().factorizations())
                    .run()) {
                return new End(
                        Floats.read(result.get(0)),
                        Outcome.ofCode(((TInt32) result.get(1)).getInt()),
                        ((TInt32) result.get(2)).getInt(),
                        ((TInt32) result.get(3)).getInt());
            }
        }
    }
}
