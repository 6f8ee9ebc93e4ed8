package dev.odeon.experiments.bench.compile;

import dev.odeon.adjoint.Gradient;
import dev.odeon.experiments.options.GradientChoice;
import dev.odeon.experiments.training.ElementTypeName;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.Values;
import dev.odeon.ode.OdeSolver;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.SplitField;
import dev.odeon.solvers.VectorField;
import dev.odeon.solvers.linear.Diagonal;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.PidController;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.StepControl;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * One solve that is measured: u' = tanh(u W) V - u / 10, from fed numbers, where W and V are matrices or, of a field without
 * products of matrices, a number for each component.
 *
 * @param method by its name, behind {@code chosen-} for steps chosen by a tolerance of 1e-6
 * @param gradient by its name
 * @param field kind of its products
 * @param type of all numbers
 * @param dimension of a sample's state
 * @param batch samples
 * @param steps of known size; of chosen ones an interval ten times shorter than so many units of time
 */
record CompileCase(
        String method, String gradient, Field field, ElementTypeName type, int dimension, int batch, int steps) {

    /** What the field multiplies by. */
    enum Field {
        /** Matrices [dimension, dimension]. */
        dense,
        /** One number for each component. */
        componentwise
    }

    static final String START = "u";
    static final String INNER = "W";
    static final String OUTER = "V";
    static final String LOSS = "loss";

    private static final String CHOSEN = "chosen-";
    private static final double TOLERANCE = 1e-6;
    private static final double DAMPING = -0.1;

    /**
     * Reads {@code method,gradient,field,dtype,dimension,batch,steps} with colons for the commas.
     *
     * @throws IllegalArgumentException if it is none
     */
    static CompileCase parse(String text) {
        List<String> parts = List.of(text.split(":", -1));
        try {
            return new CompileCase(
                    parts.get(0),
                    parts.get(1),
                    Field.valueOf(parts.get(2)),
                    ElementTypeName.valueOf(parts.get(3)),
                    Integer.parseInt(parts.get(4)),
                    Integer.parseInt(parts.get(5)),
                    Integer.parseInt(parts.get(6)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "--case is " + text + ": give method:gradient:field:dtype:dimension:batch:steps such as"
                            + " rk4:adjoint:dense:float64:8:32:20",
                    e);
        }
    }

    String text() {
        return String.join(":", method, gradient, field.name(), type.name(), dimension + "", batch + "", steps + "");
    }

    /** Shape of W and V. */
    Shape weights() {
        return field == Field.dense ? Shape.of(dimension, dimension) : Shape.of(dimension);
    }

    /** The solve, the sum of its last state as loss, and the gradients by W and V. */
    <T extends TFloating> Values add(Ops tf, Values values, Class<T> element) {
        Gradient chosen = gradient.equals("none")
                ? Gradient.NONE
                : GradientChoice.of(gradient).gradient(() -> steps);
        Values theta = Values.of(INNER, values.get(INNER)).with(OUTER, values.get(OUTER));
        Operand<T> end = solver(element)
                .withGradient(chosen)
                .solve(tf, values.get(START, element), theta, SaveAt.end(0, interval()))
                .last();
        Operand<T> loss = tf.reduceSum(end, tf.constant(new int[] {0, 1}));
        Values results = Values.of(LOSS, loss);
        return chosen == Gradient.NONE
                ? results
                : results.and(Gradients.of(tf, loss, theta).prefixed("gradient/"));
    }

    private double interval() {
        return method.startsWith(CHOSEN) ? steps / 10.0 : 1;
    }

    private <T extends TFloating> OdeSolver<T> solver(Class<T> element) {
        boolean byTolerance = method.startsWith(CHOSEN);
        Method named = Methods.named(byTolerance ? method.substring(CHOSEN.length()) : method);
        StepControl control = byTolerance
                ? PidController.of(TOLERANCE, TOLERANCE).withMaxSteps(Math.max(steps, 100))
                : new FixedSteps(interval() / steps);
        VectorField<T> network = (tf, t, u, theta) -> {
            Operand<T> inner = tf.math.tanh(times(tf, u, theta.get(INNER, element)));
            return times(tf, inner, theta.get(OUTER, element));
        };
        double[] damping = new double[dimension];
        Arrays.fill(damping, DAMPING);
        return OdeSolver.of(new SplitField<>(network, Diagonal.of(damping)), named, control);
    }

    private <T extends TFloating> Operand<T> times(Ops tf, Operand<T> u, Operand<T> weights) {
        return field == Field.dense ? tf.linalg.matMul(u, weights) : tf.math.mul(u, weights);
    }
}
