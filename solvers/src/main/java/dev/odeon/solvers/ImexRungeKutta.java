package dev.odeon.solvers;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.Embedded;
import dev.odeon.solvers.tableaux.ImexTableau;
import java.util.Objects;
import java.util.Optional;

/**
 * An implicit-explicit Runge-Kutta method: G by the explicit and J, or a nonlinear F, by the implicit coefficients.
 *
 * <p>Each implicit stage is one linear solve with I - h a_ii J; with one value a_ii on the diagonal all stages and steps
 * share one factor. On a {@link NonlinearSplit} each is an equation with F, solved by iteration. Source: Zhang, Liu, Maulik, Semi-Implicit Neural Ordinary Differential Equations, equations 11-12.
 */
public record ImexRungeKutta(String name, ImexTableau tableau) implements RungeKutta {
    public ImexRungeKutta {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(tableau, "tableau");
    }

    @Override
    public int order() {
        return tableau.order();
    }

    @Override
    public Butcher explicit() {
        return tableau.explicit();
    }

    @Override
    public Optional<Butcher> implicit() {
        return Optional.of(tableau.implicit());
    }

    @Override
    public Optional<Embedded> embedded() {
        return tableau.embedded();
    }

    @Override
    public Optional<StepEnd> stepEnd() {
        if (!implicit().orElseThrow().stifflyAccurate()) {
            return Optional.of(StepEnd.COMBINATION);
        }
        return Optional.of(explicit().stifflyAccurate() ? StepEnd.LAST_STAGE : StepEnd.LAST_IMPLICIT_STAGE);
    }

    @Override
    public LinearPart linearPart() {
        return LinearPart.SEPARATE;
    }

    @Override
    public Family family() {
        return Family.IMEX_RUNGE_KUTTA;
    }

    @Override
    public boolean splitsNonlinear() {
        return true;
    }

    /** {@return its name} */
    @Override
    public String toString() {
        return name;
    }
}
