package dev.odeon.solvers.linear;

import dev.odeon.graph.Values;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * An operator whose factor can have another alpha for every sample, at the cost of one number per sample and component.
 *
 * <p>Diagonal in some basis: {@link ScaledIdentity}, {@link Diagonal}, {@link Circulant} by Fourier transforms. A full matrix would need one factor for every sample, which this library never makes.
 */
public interface SampleFactors<T extends TFloating> extends VaryingFactors<T> {

    /**
     * Adds the factor of I - alpha_b J for every sample b, for {@link #solve}.
     *
     * @param alphas a column: [batch, 1, ...], of the state's rank; or a scalar for all samples
     */
    @Override
    Values factor(Ops tf, Class<T> type, Values data, Operand<T> alphas);

    /** The same operator, solved in a way that has such factors. */
    default SampleFactors<T> solvedBySample() {
        return this;
    }
}
