package dev.odeon.solvers;

/** A method of a family whose formulas look back over several steps; those of order 1, which look back on none, too. */
public sealed interface Multistep extends Method
        permits AdamsBashforth, AdamsBashforthMoulton, BackwardDifferentiation, ImexMultistep {

    @Override
    default boolean multistep() {
        return true;
    }

    @Override
    default int history() {
        return order() - 1;
    }
}
