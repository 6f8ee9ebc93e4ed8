package dev.odeon.solvers.linear;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * J = diag(c): one rate for each component, as in a spectral discretisation.
 *
 * <p>A solve is one product with 1 / (1 - alpha c).
 */
public final class Diagonal<T extends TFloating> extends Pointwise<T> {

    private static final String ENTRIES = "entries";

    private final double[] constants;
    private final @Nullable Operand<T> tensor;

    private Diagonal(double[] constants, @Nullable Operand<T> tensor) {
        super(ENTRIES);
        this.constants = constants;
        this.tensor = tensor;
    }

    /**
     * With constant entries, in 1 / time.
     *
     * @throws IllegalArgumentException if there is none, or one is not finite
     */
    public static <T extends TFloating> Diagonal<T> of(double... entries) {
        if (entries.length == 0) {
            throw new IllegalArgumentException("A diagonal of 0 entries: pass one for each component of the state");
        }
        return new Diagonal<>(Checks.finite("The diagonal", entries), null);
    }

    /** With a tensor [d] as diagonal, differentiable. */
    public static <T extends TFloating> Diagonal<T> of(Operand<T> entries) {
        Checks.shape("The diagonal", entries, Shape.UNKNOWN_SIZE);
        return new Diagonal<>(new double[0], entries);
    }

    @Override
    void requireFits(Shape numbers, Shape state) {
        if (numbers.isUnknown() || numbers.numDimensions() == 0 || state.isUnknown() || state.numDimensions() == 0) {
            return;
        }
        long entries = numbers.get(-1);
        long components = state.get(-1);
        if (entries >= 0 && components >= 0 && entries != components) {
            throw new IllegalArgumentException("A diagonal of " + entries + (entries == 1 ? " entry" : " entries")
                    + " on a state of " + components
                    + " components: pass one entry for each, or take ScaledIdentity for one rate that all share");
        }
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        return tensor != null
                ? Values.of(ENTRIES, tensor)
                : Values.empty()
                        .withConstant(ENTRIES, Floats.constant(tf, type, Shape.of(constants.length), constants));
    }
}
