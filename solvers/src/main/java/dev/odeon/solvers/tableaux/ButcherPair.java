package dev.odeon.solvers.tableaux;

/** The explicit and the implicit coefficients of an IMEX method. */
public record ButcherPair(Butcher explicit, Butcher implicit) {}
