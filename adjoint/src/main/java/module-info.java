/** How a solve is differentiated, and the front door to solves. */
module dev.odeon.adjoint {
    requires transitive dev.odeon.solvers;
    requires static transitive org.jspecify;

    exports dev.odeon.adjoint;
    exports dev.odeon.adjoint.checkpoints;
    exports dev.odeon.adjoint.norms;
}
