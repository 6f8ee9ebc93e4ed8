package dev.odeon.solvers.implicit;

import dev.odeon.graph.Values;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** The equation v = phi(v) of an implicit stage or step. */
interface Equation<T extends TFloating> {

    /**
     * Adds phi(v).
     *
     * @param v first axis batch
     * @param inside what the equation reads, in the graph of {@code tf}
     */
    Operand<T> map(Ops tf, Operand<T> v, Values inside);

    /** Equal where phi is the same function of v and what the equation reads. */
    Object form();

    /** Evaluations of the field that one phi(v) costs. */
    int evaluations();

    /** What the equation reads, in the graph around the iteration. */
    Values inputs();
}
