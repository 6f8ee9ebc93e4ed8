/** The front door: a solver of a field, and what a solve returns. */
module dev.odeon.ode {
    requires transitive dev.odeon.adjoint;
    requires static transitive org.jspecify;

    exports dev.odeon.ode;
}
