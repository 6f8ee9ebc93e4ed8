package dev.odeon.adjoint;

import dev.odeon.adjoint.checkpoints.Checkpointing;
import dev.odeon.adjoint.differentiation.DiscreteDifferentiation;
import dev.odeon.solvers.solve.Differentiation;
import java.util.Objects;

/**
 * The discrete adjoint: one backward loop, exact for the steps that were taken.
 *
 * <p>Goes back step by step from the states that the checkpointing kept, and computes the stages of each step again. Step
 * sizes chosen during the solve count as constants; those of {@code SampleTimes} are fractions of each sample's interval. The
 * gradient cannot be differentiated again. Source: Zhang, Liu, Maulik, Semi-Implicit Neural Ordinary Differential
 * Equations, 2024, equations 15-17.
 *
 * <p>If the solve fails, there is no gradient: with known steps all are NaN, with chosen ones those of the last state and of
 * rows not reached, for each sample where it has its own steps. Mask these out of the loss to keep the others.
 *
 * @param checkpointing which states are kept
 */
public record DiscreteAdjoint(Checkpointing checkpointing) implements Gradient {
    public DiscreteAdjoint {
        Objects.requireNonNull(checkpointing, "checkpointing");
    }

    /** With all states stored, or, where steps are chosen and not bounded, with as many as fit: {@link Checkpointing#fitting}. */
    public DiscreteAdjoint() {
        this(Checkpointing.fitting());
    }

    @Override
    public String label() {
        return "discrete adjoint";
    }

    @Override
    @SuppressWarnings("exports")
    public Differentiation differentiation() {
        return new DiscreteDifferentiation(label(), checkpointing);
    }
}
