/** Fields, methods, linear operators and steps; what carries a solve out is seen by the neighbours alone. */
@SuppressWarnings("module") // The neighbours are compiled after this module.
module dev.odeon.solvers {
    requires transitive dev.odeon.graph;
    requires static transitive org.jspecify;

    exports dev.odeon.solvers;
    exports dev.odeon.solvers.dense;
    exports dev.odeon.solvers.events;
    exports dev.odeon.solvers.linear;
    exports dev.odeon.solvers.linear.krylov;
    exports dev.odeon.solvers.linear.report;
    exports dev.odeon.solvers.nonlinear;
    exports dev.odeon.solvers.stability;
    exports dev.odeon.solvers.steps;
    exports dev.odeon.solvers.tableaux;
    exports dev.odeon.solvers.tolerances;
    exports dev.odeon.solvers.stepper to
            dev.odeon.adjoint,
            dev.odeon.ode;
    exports dev.odeon.solvers.forward to
            dev.odeon.adjoint,
            dev.odeon.ode;
    exports dev.odeon.solvers.forward.chosen to
            dev.odeon.adjoint;
    exports dev.odeon.solvers.rungekutta to
            dev.odeon.adjoint;
    exports dev.odeon.solvers.solve to
            dev.odeon.adjoint,
            dev.odeon.ode;
}
