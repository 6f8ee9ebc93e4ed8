package dev.odeon.solvers;

import dev.odeon.solvers.tableaux.Embedded;
import java.util.Optional;

/**
 * A method of integration: its name, its order, its coefficients, and what the loops need to know of it.
 *
 * <p>Each family is one record and has one stepper. {@link Methods} lists all methods. What depends on the kind of a method is
 * asked of it here; only the making of steppers looks at its class.
 */
public sealed interface Method permits RungeKutta, IteratedMethod, Multistep, ExponentialRungeKutta {

    /** The name used on the command line. */
    String name();

    /** The order of convergence. */
    int order();

    /** What it is listed under. */
    Family family();

    /** What becomes of the linear part of a split field. */
    LinearPart linearPart();

    /** What a step costs. */
    StepCost cost();

    /**
     * Whether it has functions of h J in the place of solves: no gradient with respect to J, and no times or steps for each
     * sample.
     */
    default boolean exponentiates() {
        return false;
    }

    /** Whether it treats the parts of a {@link NonlinearSplit} each in its own way; other methods take their sum. */
    default boolean splitsNonlinear() {
        return false;
    }

    /** Which step sizes the method can take: chosen ones where it estimates its error. */
    default StepSizes stepSizes() {
        return embedded().isPresent() ? StepSizes.CHOSEN : StepSizes.KNOWN;
    }

    /** The error estimate with its order; empty where the method has none. */
    default Optional<Embedded> embedded() {
        return Optional.empty();
    }

    /** What the state at the end of a step is; empty where no stages are solved for. */
    default Optional<StepEnd> stepEnd() {
        return Optional.empty();
    }

    /** Whether the samples of a batch can choose steps of their own, because nothing is solved for all of them at once. */
    default boolean choosesForEachSample() {
        return false;
    }

    /**
     * How many coefficients the polynomial of its dense output has, that of 1 included; four for the cubic Hermite
     * interpolant of methods without their own.
     */
    default int denseCoefficients() {
        return 4;
    }

    /**
     * Whether it is of a family whose formulas look back over several steps and hand on rates or states; those of order 1,
     * which look back on no step, among them.
     */
    default boolean multistep() {
        return false;
    }

    /** How many steps before the last one its formula looks back on: zero for a one-step method. */
    default int history() {
        return 0;
    }

    /** The one-step method that takes the first steps, of the same order or higher: itself where it looks back on none. */
    default Method starter() {
        return this;
    }

    /** The method of a solve of so many steps: itself, or its starter where the solve has only first steps. */
    default Method forSteps(int steps) {
        return steps <= history() ? starter() : this;
    }

    /**
     * The method as one whose stages are computed one after the other without an iteration, so that an adjoint can go back
     * over them and take them from where they were stored; empty for other methods.
     */
    default Optional<RungeKutta> stageByStage() {
        return Optional.empty();
    }

    /** When its stages look at the field; within the step unless the method says otherwise. */
    default StageReach stageReach() {
        return StageReach.WITHIN;
    }

    /** What becomes of the linear part of a split field. */
    enum LinearPart {
        /** It is solved for, or exponentiated; the method needs a {@link SplitField}. */
        SEPARATE,
        /** It is added to the nonlinear part; the method takes the field whole. */
        ADDED
    }

    /** Which step sizes a method can take. */
    enum StepSizes {
        /** Sizes known before the solve. */
        KNOWN,
        /** Also sizes chosen by an error estimate during the solve. */
        CHOSEN
    }
}
