package dev.odeon.solvers.linear;

import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.report.CheckedSolution;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * J by its products: what the user writes in the graph, solved by a Krylov iteration.
 *
 * <p>For operators too large to store, or made of convolutions. The products must be linear and each other's transpose; a
 * dot-product test, w . J u = u . J^T w, finds mistakes. The factor holds the data once more for each step size.
 */
public final class MatrixFree<T extends TFloating> implements IterativeOperator<T> {

    /** A product with J or its transpose. */
    @FunctionalInterface
    public interface Product<T extends TFloating> {
        /**
         * Adds the product for every row.
         *
         * @param tf the graph of the loop; read outer tensors only through {@code data}
         * @param data the operator's values, under their names
         * @param u [batch, d]
         */
        Operand<T> apply(Ops tf, Values data, Operand<T> u);
    }

    /** The diagonal of J. */
    @FunctionalInterface
    public interface DiagonalOf<T extends TFloating> {
        /** Adds the diagonal [d]. */
        Operand<T> of(Ops tf, Values data);
    }

    private final Values values;
    private final Product<T> product;
    private final Product<T> transposedProduct;
    private final Krylov krylov;
    private final @Nullable DiagonalOf<T> diagonal;

    private MatrixFree(
            Values values,
            Product<T> product,
            Product<T> transposedProduct,
            Krylov krylov,
            @Nullable DiagonalOf<T> diagonal) {
        this.values = values;
        this.product = Objects.requireNonNull(product, "product");
        this.transposedProduct = Objects.requireNonNull(transposedProduct, "transposedProduct");
        this.krylov = Objects.requireNonNull(krylov, "krylov");
        this.diagonal = diagonal;
    }

    /**
     * An operator without preconditioner.
     *
     * @param values what the products read; floating-point ones are differentiated, through {@code product}
     */
    public static <T extends TFloating> MatrixFree<T> of(
            Values values, Product<T> product, Product<T> transposedProduct, Krylov krylov) {
        return new MatrixFree<>(values, product, transposedProduct, krylov, null);
    }

    /** The same operator, its solves preconditioned by the diagonal of I - alpha J (Jacobi). */
    public MatrixFree<T> withDiagonal(DiagonalOf<T> other) {
        return new MatrixFree<>(values, product, transposedProduct, krylov, other);
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        return values;
    }

    @Override
    public Operand<T> apply(Ops tf, Values data, Operand<T> u) {
        return product.apply(tf, data, u);
    }

    @Override
    public Operand<T> applyTransposed(Ops tf, Values data, Operand<T> u) {
        return transposedProduct.apply(tf, data, u);
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, Operand<T> alpha) {
        return diagonal == null
                ? ShiftedSystem.factor(data, alpha)
                : ShiftedSystem.factor(tf, data, alpha, diagonal.of(tf, data));
    }

    @Override
    public boolean variesFreely() {
        return true;
    }

    @Override
    public CheckedSolution<T> solveChecked(Ops tf, Values factor, Operand<T> rhs) {
        return ShiftedSystem.solve(tf, krylov, factor, product::apply, ShiftedSystem::jacobi, rhs);
    }

    @Override
    public CheckedSolution<T> solveTransposedChecked(Ops tf, Values factor, Operand<T> rhs) {
        return ShiftedSystem.solve(tf, krylov, factor, transposedProduct::apply, ShiftedSystem::jacobi, rhs);
    }
}
