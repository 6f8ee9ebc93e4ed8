package dev.odeon.solvers;

import dev.odeon.solvers.tableaux.Butcher;
import java.util.Objects;
import java.util.Optional;

/**
 * An explicit Runge-Kutta method on the whole field.
 *
 * <p>For fields that are not stiff: the step is bounded by the fastest rate of the field.
 *
 * @param explicit strictly lower triangular coefficients
 */
public record ExplicitRungeKutta(String name, int order, Butcher explicit) implements Method {
    public ExplicitRungeKutta {
        Objects.requireNonNull(name, "name");
        explicit.requireExplicit(name);
    }

    @Override
    public Optional<Butcher> implicit() {
        return Optional.empty();
    }
}
