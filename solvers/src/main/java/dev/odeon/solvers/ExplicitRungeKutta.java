package dev.odeon.solvers;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.DensePolynomials;
import dev.odeon.solvers.tableaux.Embedded;
import dev.odeon.solvers.tableaux.ExplicitTableau;
import java.util.Objects;
import java.util.Optional;

/**
 * An explicit Runge-Kutta method on the whole field.
 *
 * <p>For fields that are not stiff: the step is bounded by the fastest rate of the field.
 */
public record ExplicitRungeKutta(String name, ExplicitTableau tableau) implements RungeKutta {
    public ExplicitRungeKutta {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(tableau, "tableau");
    }

    @Override
    public int order() {
        return tableau.order();
    }

    @Override
    public Butcher explicit() {
        return tableau.coefficients();
    }

    @Override
    public Optional<Butcher> implicit() {
        return Optional.empty();
    }

    @Override
    public Optional<Embedded> embedded() {
        return tableau.embedded();
    }

    @Override
    public Optional<DensePolynomials> dense() {
        return tableau.dense();
    }

    @Override
    public Family family() {
        return Family.EXPLICIT_RUNGE_KUTTA;
    }

    @Override
    public boolean choosesForEachSample() {
        return true;
    }

    @Override
    public LinearPart linearPart() {
        return LinearPart.ADDED;
    }

    /** {@return its name} */
    @Override
    public String toString() {
        return name;
    }
}
