package dev.odeon.datasets.npz;

import java.util.List;

/**
 * What an array says about itself before its numbers.
 *
 * @param type NumPy's type string, for example {@code <f4}; for structured types the literal as it stands
 * @param fortranOrder whether the first index runs fastest
 * @param shape the extents; empty for a single number
 */
public record NpyHeader(String type, boolean fortranOrder, List<Long> shape) {
    public NpyHeader {
        shape = List.copyOf(shape);
    }

    /**
     * Number of elements.
     *
     * @return the product of the extents
     * @throws ArithmeticException if it does not fit
     */
    public long elements() {
        long product = 1;
        for (long extent : shape) {
            product = Math.multiplyExact(product, extent);
        }
        return product;
    }
}
