package dev.odeon.solvers;

import dev.odeon.solvers.linear.LinearOperator;
import java.util.Objects;
import org.tensorflow.types.family.TFloating;

/**
 * The right-hand side du/dt = G(t, u; theta) + J u: a nonlinear part for explicit and a linear part for implicit stages.
 *
 * <p>Put what makes the problem stiff into J. Source: Zhang, Liu, Maulik, Semi-Implicit Neural Ordinary Differential
 * Equations, equation 10.
 *
 * @param nonlinear G
 * @param linear J
 */
public record SplitField<T extends TFloating>(VectorField<T> nonlinear, LinearOperator<T> linear) {
    public SplitField {
        Objects.requireNonNull(nonlinear, "nonlinear");
        Objects.requireNonNull(linear, "linear");
    }
}
