package dev.odeon.solvers;

import dev.odeon.solvers.tableaux.Butcher;
import java.util.Optional;

/** A one-step method: its name, its order and its coefficients. */
public sealed interface Method permits ExplicitRungeKutta, ImexRungeKutta {

    /** The name used on the command line. */
    String name();

    /** The order of convergence. */
    int order();

    /** The explicit coefficients, applied to the nonlinear part (or to the whole field). */
    Butcher explicit();

    /** The implicit coefficients, applied to the linear part; absent for explicit methods. */
    Optional<Butcher> implicit();

    /** Evaluations of the nonlinear part in one step. */
    default int stages() {
        return explicit().stages();
    }
}
