package dev.odeon.solvers.linear;

import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.Runs.Named;
import dev.odeon.solvers.linear.Runs.Numbers;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * One operator under the contract.
 *
 * @param trained the numbers behind its differentiable data, by the name of the data; empty for constants
 * @param dense the same operator as a full matrix, computed from those numbers
 * @param rounding how many roundings of the element type a residual may have, relative to its terms
 */
record OperatorCase(
        String name, Maker maker, Map<String, Numbers> trained, Function<Named, double[][]> dense, double rounding) {

    /** Makes the operator. */
    @FunctionalInterface
    interface Maker {
        /** The operator on tensors of the graph of {@code tf}. */
        <T extends TFloating> LinearOperator<T> make(Ops tf, Class<T> type, Values trained);
    }

    double[][] matrix() {
        return dense.apply(Named.of(trained));
    }

    @Override
    public String toString() {
        return name;
    }
}
