package dev.odeon.solvers;

import dev.odeon.graph.Floats;
import java.util.Optional;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;

/**
 * The largest error that a step of known size estimated, beside the size of the states it belongs to.
 *
 * <p>An embedded method takes a second result of another order from the same stages; the difference is the estimate. It tells
 * how well a step resolves the field, not how errors of all steps add up.
 *
 * @param largest of the worst sample in units of its states: that of all steps and components
 * @param size the largest number of the states of that sample
 */
public record EstimatedError(double largest, double size) {

    /** A step that errs by more of the state than this resolves nothing. */
    private static final double ABSURD = 0.5;

    /**
     * Of what was fetched with a solve.
     *
     * @param largestErrors {@code Solution.statistics().largestError()}: [batch]
     * @param states {@code Solution.states()}: [times, batch, ...]
     * @return the estimate of the sample that errs most in units of its size; rows that were not reached do not count
     * @throws IllegalArgumentException if the shapes do not belong together
     */
    public static EstimatedError of(Tensor largestErrors, Tensor states) {
        double[] errors = Floats.read(largestErrors);
        Shape shape = states.shape();
        if (shape.numDimensions() < 2 || shape.get(1) != errors.length) {
            throw new IllegalArgumentException(
                    "There are estimates of " + errors.length + " samples and states of the shape " + shape
                            + ": pass what was fetched from Solution.statistics().largestError() and Solution.states()");
        }
        double[] values = Floats.read(states);
        int batch = errors.length;
        int components = batch == 0 ? 0 : Math.toIntExact(shape.size() / shape.get(0) / batch);
        EstimatedError worst = new EstimatedError(0, 0);
        for (int sample = 0; sample < batch; sample++) {
            double size = 0;
            for (int row = 0; row < shape.get(0); row++) {
                for (int i = 0; i < components; i++) {
                    double value = Math.abs(values[(row * batch + sample) * components + i]);
                    size = value > size ? value : size;
                }
            }
            EstimatedError own = new EstimatedError(errors[sample], size);
            // What is no number is worst.
            worst = own.relative() <= worst.relative() ? worst : own;
        }
        return worst;
    }

    /** In units of the size of the states; zero where nothing errs. */
    public double relative() {
        return largest == 0 ? 0 : largest / size;
    }

    /** What to try where a step errs by half the state and more; empty elsewhere. */
    public Optional<String> advice() {
        return relative() <= ABSURD
                ? Optional.empty()
                : Optional.of("A step errs by " + largest
                        + ", as its embedded method estimates, where the largest number of the"
                        + " states is " + size
                        + ": take smaller steps or PidController, and where a stiff linear part pulls"
                        + " towards a moving target a method that follows it at such steps, such as imex-rk4, sbdf3 or"
                        + " kvaerno5.");
    }
}
