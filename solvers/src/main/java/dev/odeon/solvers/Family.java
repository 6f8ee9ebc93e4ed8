package dev.odeon.solvers;

/** The families of methods, and what they are for. */
public enum Family {
    IMEX_RUNGE_KUTTA("IMEX Runge-Kutta", "stiff neural ODEs with a linear part J to split off: the default"),
    IMEX_MULTISTEP("IMEX multistep", "the same over many steps: one evaluation of G and one solve a step"),
    EXPONENTIAL("exponential", "the same where J is diagonal or a stencil and accuracy matters"),
    EXPLICIT_RUNGE_KUTTA("explicit Runge-Kutta", "fields that are not stiff"),
    ADAMS("Adams", "fields that are not stiff and expensive to evaluate"),
    IMPLICIT_RUNGE_KUTTA("implicit Runge-Kutta", "stiff fields with nothing to split off"),
    BACKWARD_DIFFERENTIATION("backward differentiation", "the same with smooth solutions: one equation a step"),
    PROXIMAL("proximal", "the same with states too large for a Jacobian");

    private final String title;
    private final String purpose;

    Family(String title, String purpose) {
        this.title = title;
        this.purpose = purpose;
    }

    /** Its name in documents. */
    public String title() {
        return title;
    }

    /** What it is for, in a few words. */
    public String purpose() {
        return purpose;
    }
}
