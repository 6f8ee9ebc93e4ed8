package dev.odeon.experiments.bench;

import dev.odeon.experiments.pde.Surrogate;
import dev.odeon.solvers.linear.DenseSolve;
import dev.odeon.solvers.linear.LinearOperator;
import org.tensorflow.types.family.TFloating;

/** How the linear part is given to the solver. */
enum LinearForm {
    stencil {
        @Override
        <T extends TFloating> LinearOperator<T> of(Surrogate surrogate) {
            return surrogate.linear();
        }
    },
    lu {
        @Override
        <T extends TFloating> LinearOperator<T> of(Surrogate surrogate) {
            return surrogate.dense(DenseSolve.LU);
        }
    },
    inverse {
        @Override
        <T extends TFloating> LinearOperator<T> of(Surrogate surrogate) {
            return surrogate.dense(DenseSolve.INVERSE);
        }
    };

    abstract <T extends TFloating> LinearOperator<T> of(Surrogate surrogate);
}
