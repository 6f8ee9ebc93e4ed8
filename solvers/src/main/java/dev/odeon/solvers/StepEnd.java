package dev.odeon.solvers;

/**
 * What the state at the end of a Runge-Kutta step is.
 *
 * <p>A last stage has met the stiff part of the field: it lies where a stiff relaxation leads to. A combination of all stages
 * weights stiff rates that do not cancel at steps far larger than the relaxation; methods that end with one need small steps,
 * or a stiff part whose target rests. Where only the implicit part ends with its last stage, what is explicit and moves the
 * target remains.
 */
public enum StepEnd {
    /** The last stage: the method is stiffly accurate, an implicit-explicit one in both parts. */
    LAST_STAGE("its last stage"),
    /** The last stage in the implicit part, a combination of stages in the explicit one. */
    LAST_IMPLICIT_STAGE("its last stage in J"),
    /** A combination of the stages. */
    COMBINATION("a combination");

    private final String label;

    StepEnd(String label) {
        this.label = label;
    }

    /** In tables. */
    public String label() {
        return label;
    }
}
