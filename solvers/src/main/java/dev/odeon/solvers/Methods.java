package dev.odeon.solvers;

import dev.odeon.solvers.tableaux.Butcher;
import dev.odeon.solvers.tableaux.ButcherPair;
import dev.odeon.solvers.tableaux.Dopri5;
import dev.odeon.solvers.tableaux.ImexRk2;
import dev.odeon.solvers.tableaux.ImexRk3;
import dev.odeon.solvers.tableaux.ImexRk4;
import dev.odeon.solvers.tableaux.ImexRk5;
import dev.odeon.solvers.tableaux.Rk4;
import java.util.List;

/** The registry of all methods: one line each, in the order of the documentation. */
public final class Methods {

    /** L-stable, order 2, 2 stages. */
    public static final ImexRungeKutta IMEX_RK2 = imex("imex-rk2", 2, ImexRk2.COEFFICIENTS);
    /** Stiffly accurate, L-stable, order 3, 4 stages, the first explicit. */
    public static final ImexRungeKutta IMEX_RK3 = imex("imex-rk3", 3, ImexRk3.COEFFICIENTS);
    /** Stiffly accurate, L-stable, order 4, 6 stages, the first explicit. */
    public static final ImexRungeKutta IMEX_RK4 = imex("imex-rk4", 4, ImexRk4.COEFFICIENTS);
    /** Stiffly accurate, L-stable, order 5, 8 stages, the first explicit. */
    public static final ImexRungeKutta IMEX_RK5 = imex("imex-rk5", 5, ImexRk5.COEFFICIENTS);
    /** Explicit, order 4, 4 stages. */
    public static final ExplicitRungeKutta RK4 = new ExplicitRungeKutta("rk4", 4, Rk4.COEFFICIENTS);
    /** Explicit, order 5, 6 stages. */
    public static final ExplicitRungeKutta DOPRI5 = new ExplicitRungeKutta("dopri5", 5, Dopri5.COEFFICIENTS);

    private static final List<Method> ALL = List.of(IMEX_RK2, IMEX_RK3, IMEX_RK4, IMEX_RK5, RK4, DOPRI5);

    private Methods() {}

    /** Every method. */
    public static List<Method> all() {
        return ALL;
    }

    /**
     * The method of a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists all names
     */
    public static Method named(String name) {
        return ALL.stream()
                .filter(method -> method.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No method is called '" + name + "': choose one of "
                        + ALL.stream().map(Method::name).toList()));
    }

    private static ImexRungeKutta imex(String name, int order, ButcherPair pair) {
        Butcher explicit = pair.explicit();
        return new ImexRungeKutta(name, order, explicit, pair.implicit());
    }
}
