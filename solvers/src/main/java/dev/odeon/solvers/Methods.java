package dev.odeon.solvers;

import static dev.odeon.solvers.ImexMultistep.Formula.CNAB;
import static dev.odeon.solvers.ImexMultistep.Formula.MCNAB;
import static dev.odeon.solvers.ImexMultistep.Formula.SBDF;

import dev.odeon.solvers.nonlinear.InnerOptimiser;
import dev.odeon.solvers.nonlinear.Newton;
import dev.odeon.solvers.tableaux.ExplicitTableau;
import dev.odeon.solvers.tableaux.ImexTableau;
import dev.odeon.solvers.tableaux.ImplicitTableau;
import dev.odeon.solvers.tableaux.erk.BogackiShampine3;
import dev.odeon.solvers.tableaux.erk.Dopri5;
import dev.odeon.solvers.tableaux.erk.Dopri8;
import dev.odeon.solvers.tableaux.erk.Euler;
import dev.odeon.solvers.tableaux.erk.Heun;
import dev.odeon.solvers.tableaux.erk.Midpoint;
import dev.odeon.solvers.tableaux.erk.Ralston;
import dev.odeon.solvers.tableaux.erk.Rk38;
import dev.odeon.solvers.tableaux.erk.Rk4;
import dev.odeon.solvers.tableaux.erk.Ssprk3;
import dev.odeon.solvers.tableaux.erk.Tsit5;
import dev.odeon.solvers.tableaux.imex.Arkimex2c;
import dev.odeon.solvers.tableaux.imex.Arkimex2d;
import dev.odeon.solvers.tableaux.imex.Arkimex2e;
import dev.odeon.solvers.tableaux.imex.Ars111;
import dev.odeon.solvers.tableaux.imex.Ars121;
import dev.odeon.solvers.tableaux.imex.Ars222;
import dev.odeon.solvers.tableaux.imex.Ars232;
import dev.odeon.solvers.tableaux.imex.Ars343;
import dev.odeon.solvers.tableaux.imex.Ars443;
import dev.odeon.solvers.tableaux.imex.Bhr553;
import dev.odeon.solvers.tableaux.imex.ImexRk2;
import dev.odeon.solvers.tableaux.imex.ImexRk3;
import dev.odeon.solvers.tableaux.imex.ImexRk4;
import dev.odeon.solvers.tableaux.imex.ImexRk5;
import dev.odeon.solvers.tableaux.imex.KenCarp47;
import dev.odeon.solvers.tableaux.imex.KenCarp58;
import dev.odeon.solvers.tableaux.imex.Ssp332;
import dev.odeon.solvers.tableaux.imex.Ssp433;
import dev.odeon.solvers.tableaux.irk.BackwardEuler;
import dev.odeon.solvers.tableaux.irk.CrankNicolson;
import dev.odeon.solvers.tableaux.irk.Gauss4;
import dev.odeon.solvers.tableaux.irk.Gauss6;
import dev.odeon.solvers.tableaux.irk.ImplicitMidpoint;
import dev.odeon.solvers.tableaux.irk.Kvaerno3;
import dev.odeon.solvers.tableaux.irk.Kvaerno4;
import dev.odeon.solvers.tableaux.irk.Kvaerno5;
import dev.odeon.solvers.tableaux.irk.Radau3;
import dev.odeon.solvers.tableaux.irk.Radau5;
import dev.odeon.solvers.tableaux.irk.Sdirk2;
import dev.odeon.solvers.tableaux.irk.Theta;
import dev.odeon.solvers.tableaux.irk.Trbdf2;
import dev.odeon.solvers.tableaux.irk.Variational2;
import dev.odeon.solvers.tableaux.irk.Variational3;
import java.util.ArrayList;
import java.util.List;

/** The registry of all methods: one line each, in the order of the documentation. */
public final class Methods {

    private static final List<Method> ALL = new ArrayList<>();
    private static final String THETA = "theta-";

    // Implicit-explicit Runge-Kutta: the default for stiff neural ODEs.
    public static final ImexRungeKutta IMEX_RK2 = imex("imex-rk2", ImexRk2.COEFFICIENTS);
    public static final ImexRungeKutta IMEX_RK3 = imex("imex-rk3", ImexRk3.COEFFICIENTS);
    public static final ImexRungeKutta IMEX_RK4 = imex("imex-rk4", ImexRk4.COEFFICIENTS);
    public static final ImexRungeKutta IMEX_RK5 = imex("imex-rk5", ImexRk5.COEFFICIENTS);
    public static final ImexRungeKutta ARS111 = imex("ars-111", Ars111.COEFFICIENTS);
    public static final ImexRungeKutta ARS121 = imex("ars-121", Ars121.COEFFICIENTS);
    public static final ImexRungeKutta ARS222 = imex("ars-222", Ars222.COEFFICIENTS);
    public static final ImexRungeKutta ARS232 = imex("ars-232", Ars232.COEFFICIENTS);
    public static final ImexRungeKutta ARS343 = imex("ars-343", Ars343.COEFFICIENTS);
    public static final ImexRungeKutta ARS443 = imex("ars-443", Ars443.COEFFICIENTS);
    public static final ImexRungeKutta BHR553 = imex("bhr-553", Bhr553.COEFFICIENTS);
    public static final ImexRungeKutta ARKIMEX2C = imex("arkimex-2c", Arkimex2c.COEFFICIENTS);
    public static final ImexRungeKutta ARKIMEX2D = imex("arkimex-2d", Arkimex2d.COEFFICIENTS);
    public static final ImexRungeKutta ARKIMEX2E = imex("arkimex-2e", Arkimex2e.COEFFICIENTS);
    public static final ImexRungeKutta SSP222 = imex("ssp2-222", ImexRk2.COEFFICIENTS);
    public static final ImexRungeKutta SSP332 = imex("ssp3-332", Ssp332.COEFFICIENTS);
    public static final ImexRungeKutta SSP433 = imex("ssp3-433", Ssp433.COEFFICIENTS);
    public static final ImexRungeKutta KENCARP47 = imex("kencarp47", KenCarp47.COEFFICIENTS);
    public static final ImexRungeKutta KENCARP58 = imex("kencarp58", KenCarp58.COEFFICIENTS);

    // Implicit-explicit multistep: one evaluation and one solve a step.
    public static final ImexMultistep SBDF1 = multistep("sbdf1", SBDF, 1);
    public static final ImexMultistep SBDF2 = multistep("sbdf2", SBDF, 2);
    public static final ImexMultistep SBDF3 = multistep("sbdf3", SBDF, 3);
    public static final ImexMultistep SBDF4 = multistep("sbdf4", SBDF, 4);
    public static final ImexMultistep CNAB2 = multistep("cnab2", CNAB, 2);
    public static final ImexMultistep MCNAB2 = multistep("mcnab2", MCNAB, 2);

    // Exponential: J exactly.
    public static final ExponentialRungeKutta ETDRK2 = added(new ExponentialRungeKutta("etdrk2", 2));
    public static final ExponentialRungeKutta ETDRK4 = added(new ExponentialRungeKutta("etdrk4", 4));

    // Explicit Runge-Kutta: for fields that are not stiff.
    public static final ExplicitRungeKutta EULER = explicit("euler", Euler.COEFFICIENTS);
    public static final ExplicitRungeKutta MIDPOINT = explicit("midpoint", Midpoint.COEFFICIENTS);
    public static final ExplicitRungeKutta HEUN = explicit("heun", Heun.COEFFICIENTS);
    public static final ExplicitRungeKutta RALSTON = explicit("ralston", Ralston.COEFFICIENTS);
    public static final ExplicitRungeKutta BOGACKI_SHAMPINE3 = explicit("bosh3", BogackiShampine3.COEFFICIENTS);
    public static final ExplicitRungeKutta SSPRK3 = explicit("ssprk3", Ssprk3.COEFFICIENTS);
    public static final ExplicitRungeKutta RK4 = explicit("rk4", Rk4.COEFFICIENTS);
    public static final ExplicitRungeKutta RK38 = explicit("rk38", Rk38.COEFFICIENTS);
    public static final ExplicitRungeKutta TSIT5 = explicit("tsit5", Tsit5.COEFFICIENTS);
    public static final ExplicitRungeKutta DOPRI5 = explicit("dopri5", Dopri5.COEFFICIENTS);
    public static final ExplicitRungeKutta DOPRI8 = explicit("dopri8", Dopri8.COEFFICIENTS);

    // Adams: few evaluations for fields that are not stiff.
    public static final AdamsBashforth AB1 = added(new AdamsBashforth("ab1", 1));
    public static final AdamsBashforth AB2 = added(new AdamsBashforth("ab2", 2));
    public static final AdamsBashforth AB3 = added(new AdamsBashforth("ab3", 3));
    public static final AdamsBashforth AB4 = added(new AdamsBashforth("ab4", 4));
    public static final AdamsBashforth AB5 = added(new AdamsBashforth("ab5", 5));
    public static final AdamsBashforthMoulton ABM1 = added(new AdamsBashforthMoulton("abm1", 1));
    public static final AdamsBashforthMoulton ABM2 = added(new AdamsBashforthMoulton("abm2", 2));
    public static final AdamsBashforthMoulton ABM3 = added(new AdamsBashforthMoulton("abm3", 3));
    public static final AdamsBashforthMoulton ABM4 = added(new AdamsBashforthMoulton("abm4", 4));
    public static final AdamsBashforthMoulton ABM5 = added(new AdamsBashforthMoulton("abm5", 5));

    // Implicit Runge-Kutta: for stiff fields with nothing to split off.
    public static final ImplicitRungeKutta BACKWARD_EULER = implicit("backward-euler", BackwardEuler.COEFFICIENTS);
    public static final ImplicitRungeKutta IMPLICIT_MIDPOINT =
            implicit("implicit-midpoint", ImplicitMidpoint.COEFFICIENTS);
    public static final ImplicitRungeKutta CRANK_NICOLSON = implicit("crank-nicolson", CrankNicolson.COEFFICIENTS);
    public static final ImplicitRungeKutta SDIRK2 = implicit("sdirk2", Sdirk2.COEFFICIENTS);
    public static final ImplicitRungeKutta TRBDF2 = implicit("trbdf2", Trbdf2.COEFFICIENTS);
    public static final ImplicitRungeKutta KVAERNO3 = implicit("kvaerno3", Kvaerno3.COEFFICIENTS);
    public static final ImplicitRungeKutta KVAERNO4 = implicit("kvaerno4", Kvaerno4.COEFFICIENTS);
    public static final ImplicitRungeKutta KVAERNO5 = implicit("kvaerno5", Kvaerno5.COEFFICIENTS);
    public static final ImplicitRungeKutta GAUSS4 = implicit("gauss4", Gauss4.COEFFICIENTS);
    public static final ImplicitRungeKutta GAUSS6 = implicit("gauss6", Gauss6.COEFFICIENTS);
    public static final ImplicitRungeKutta RADAU3 = implicit("radau3", Radau3.COEFFICIENTS);
    public static final ImplicitRungeKutta RADAU5 = implicit("radau5", Radau5.COEFFICIENTS);

    // Backward differentiation: one equation a step.
    public static final BackwardDifferentiation BDF1 = bdf("bdf1", 1);
    public static final BackwardDifferentiation BDF2 = bdf("bdf2", 2);
    public static final BackwardDifferentiation BDF3 = bdf("bdf3", 3);
    public static final BackwardDifferentiation BDF4 = bdf("bdf4", 4);
    public static final BackwardDifferentiation BDF5 = bdf("bdf5", 5);

    // Proximal: implicit steps by an optimiser, for large states.
    public static final ImplicitRungeKutta PROX_BACKWARD_EULER =
            prox("prox-backward-euler", BackwardEuler.COEFFICIENTS);
    public static final ImplicitRungeKutta PROX_CRANK_NICOLSON =
            prox("prox-crank-nicolson", CrankNicolson.COEFFICIENTS);
    public static final ImplicitRungeKutta PROX_SDIRK2 = prox("prox-sdirk2", Sdirk2.COEFFICIENTS);
    public static final ImplicitRungeKutta PROX_TRBDF2 = prox("prox-trbdf2", Trbdf2.COEFFICIENTS);
    public static final ImplicitRungeKutta PROX_VARIATIONAL2 = prox("prox-variational2", Variational2.COEFFICIENTS);
    public static final ImplicitRungeKutta PROX_VARIATIONAL3 = prox("prox-variational3", Variational3.COEFFICIENTS);
    public static final BackwardDifferentiation PROX_BDF2 = proxBdf("prox-bdf2", 2);
    public static final BackwardDifferentiation PROX_BDF3 = proxBdf("prox-bdf3", 3);
    public static final BackwardDifferentiation PROX_BDF4 = proxBdf("prox-bdf4", 4);

    private Methods() {}

    /** Every method. */
    public static List<Method> all() {
        return List.copyOf(ALL);
    }

    /** The methods of a family, in the order of the documentation. */
    public static List<Method> of(Family family) {
        return ALL.stream().filter(method -> method.family() == family).toList();
    }

    /**
     * The theta method, called {@code theta-0.6} for a theta of 0.6: see {@link Theta}.
     *
     * @param theta from 0.5, Crank-Nicolson, to 1, backward Euler
     */
    public static ImplicitRungeKutta theta(double theta) {
        return new ImplicitRungeKutta(THETA + theta, Theta.of(theta), Newton.full());
    }

    private static ImplicitRungeKutta theta(String name) {
        String number = name.substring(THETA.length());
        try {
            return theta(Double.parseDouble(number));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + number + "' is no number for the theta method: write it as in theta-0.6", e);
        }
    }

    /**
     * The method of a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists all names
     */
    public static Method named(String name) {
        if (name.startsWith(THETA)) {
            return theta(name);
        }
        return ALL.stream()
                .filter(method -> method.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("No method is called '" + name + "': choose a name that odeon"
                                + " methods or Methods.all() lists, or theta-0.6 and the like"));
    }

    private static <M extends Method> M added(M method) {
        ALL.add(method);
        return method;
    }

    private static ImexRungeKutta imex(String name, ImexTableau tableau) {
        return added(new ImexRungeKutta(name, tableau));
    }

    private static ExplicitRungeKutta explicit(String name, ExplicitTableau tableau) {
        return added(new ExplicitRungeKutta(name, tableau));
    }

    private static ImexMultistep multistep(String name, ImexMultistep.Formula formula, int order) {
        return added(new ImexMultistep(name, formula, order));
    }

    private static ImplicitRungeKutta implicit(String name, ImplicitTableau tableau) {
        return added(new ImplicitRungeKutta(name, tableau, Newton.full()));
    }

    private static BackwardDifferentiation bdf(String name, int order) {
        return added(new BackwardDifferentiation(name, order, Newton.full()));
    }

    private static ImplicitRungeKutta prox(String name, ImplicitTableau tableau) {
        return added(new ImplicitRungeKutta(name, tableau, InnerOptimiser.standard()));
    }

    private static BackwardDifferentiation proxBdf(String name, int order) {
        return added(new BackwardDifferentiation(name, order, InnerOptimiser.standard()));
    }
}
