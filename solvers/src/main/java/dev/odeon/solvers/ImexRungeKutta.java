package dev.odeon.solvers;

import dev.odeon.solvers.tableaux.Butcher;
import java.util.Objects;
import java.util.Optional;

/**
 * An implicit-explicit Runge-Kutta method: G by the explicit and J by the implicit coefficients.
 *
 * <p>Each implicit stage is one linear solve with I - h a_ii J; with one value a_ii on the diagonal all stages and steps
 * share one factor. Source: Zhang, Liu, Maulik, Semi-Implicit Neural Ordinary Differential Equations, equations 11-12.
 *
 * @param explicitPart strictly lower triangular coefficients of G
 * @param implicitPart lower triangular coefficients of J; zeros on the diagonal are explicit stages
 */
public record ImexRungeKutta(String name, int order, Butcher explicitPart, Butcher implicitPart) implements Method {
    public ImexRungeKutta {
        Objects.requireNonNull(name, "name");
        explicitPart.requireExplicit(name);
        if (explicitPart.stages() != implicitPart.stages()) {
            throw new IllegalArgumentException(name + " has " + explicitPart.stages() + " explicit and "
                    + implicitPart.stages() + " implicit stages: both parts need the same number");
        }
    }

    @Override
    public Butcher explicit() {
        return explicitPart;
    }

    @Override
    public Optional<Butcher> implicit() {
        return Optional.of(implicitPart);
    }
}
