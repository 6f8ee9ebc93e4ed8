package dev.odeon.solvers.linear;

import dev.odeon.graph.Values;
import dev.odeon.solvers.linear.krylov.Krylov;
import dev.odeon.solvers.linear.report.CheckedSolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * J_1 + J_2 + ... for operators on the same state, solved by a Krylov iteration.
 *
 * <p>The preconditioner is the product of the parts' own solves, (I - alpha J_1)^-1 (I - alpha J_2)^-1 ..., which differs
 * from the inverse by terms of order alpha^2 only; parts that are solved by iteration themselves are left out of it. A
 * product of solves is not symmetric: use GMRES or BiCGSTAB, or CG with at most one part in the preconditioner. Prefer one
 * operator where the parts share a structure: diagonals, bands and stencils add up.
 */
public final class Sum<T extends TFloating> implements IterativeOperator<T> {

    private final List<LinearOperator<T>> parts;
    private final Krylov krylov;

    private Sum(List<LinearOperator<T>> parts, Krylov krylov) {
        this.parts = parts;
        this.krylov = krylov;
    }

    /**
     * The sum of two operators or more.
     *
     * @throws IllegalArgumentException if there are fewer than two
     */
    public static <T extends TFloating> Sum<T> of(List<? extends LinearOperator<T>> parts, Krylov krylov) {
        if (parts.size() < 2) {
            throw new IllegalArgumentException(
                    "A sum of " + parts.size() + " operators: pass at least two, or the operator itself");
        }
        return new Sum<>(List.copyOf(parts), Objects.requireNonNull(krylov, "krylov"));
    }

    @Override
    public OptionalLong components() {
        return parts.stream()
                .map(LinearOperator::components)
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElseGet(OptionalLong::empty);
    }

    @Override
    public Values data(Ops tf, Class<T> type) {
        Values all = Values.empty();
        for (int k = 0; k < parts.size(); k++) {
            all = all.and(parts.get(k).data(tf, type).prefixed(prefix(k)));
        }
        return all;
    }

    @Override
    public Operand<T> apply(Ops tf, Values data, Operand<T> u) {
        List<Operand<T>> products = new ArrayList<>();
        for (int k = 0; k < parts.size(); k++) {
            products.add(parts.get(k).apply(tf, data.under(prefix(k)), u));
        }
        return tf.math.addN(products);
    }

    @Override
    public Operand<T> applyTransposed(Ops tf, Values data, Operand<T> u) {
        List<Operand<T>> products = new ArrayList<>();
        for (int k = 0; k < parts.size(); k++) {
            products.add(parts.get(k).applyTransposed(tf, data.under(prefix(k)), u));
        }
        return tf.math.addN(products);
    }

    @Override
    public Values factor(Ops tf, Class<T> type, Values data, Operand<T> alpha) {
        Values factor = ShiftedSystem.factor(data, alpha);
        for (int k = 0; k < parts.size(); k++) {
            if (parts.get(k).solvesDirectly()) {
                factor = factor.and(parts.get(k)
                        .factor(tf, type, data.under(prefix(k)), alpha)
                        .prefixed("factor of " + prefix(k)));
            }
        }
        return factor;
    }

    /** As freely as the parts of the preconditioner. */
    @Override
    public boolean variesFreely() {
        return parts.stream().allMatch(part -> !part.solvesDirectly() || part.variesFreely());
    }

    private Operand<T> preconditioned(Ops tf, Values factor, Operand<T> x) {
        Operand<T> y = x;
        for (int k = 0; k < parts.size(); k++) {
            if (parts.get(k).solvesDirectly()) {
                y = parts.get(k).solve(tf, factor.under("factor of " + prefix(k)), y);
            }
        }
        return y;
    }

    private Operand<T> preconditionedTransposed(Ops tf, Values factor, Operand<T> x) {
        Operand<T> y = x;
        for (int k = parts.size() - 1; k >= 0; k--) {
            if (parts.get(k).solvesDirectly()) {
                y = parts.get(k).solveTransposed(tf, factor.under("factor of " + prefix(k)), y);
            }
        }
        return y;
    }

    private static String prefix(int k) {
        return "part " + k + "/";
    }

    @Override
    public CheckedSolution<T> solveChecked(Ops tf, Values factor, Operand<T> rhs) {
        return ShiftedSystem.solve(tf, krylov, factor, this::apply, this::preconditioned, rhs);
    }

    @Override
    public CheckedSolution<T> solveTransposedChecked(Ops tf, Values factor, Operand<T> rhs) {
        return ShiftedSystem.solve(tf, krylov, factor, this::applyTransposed, this::preconditionedTransposed, rhs);
    }
}
