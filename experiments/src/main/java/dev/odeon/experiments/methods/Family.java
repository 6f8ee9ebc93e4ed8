package dev.odeon.experiments.methods;

import dev.odeon.solvers.AdamsBashforth;
import dev.odeon.solvers.AdamsBashforthMoulton;
import dev.odeon.solvers.BackwardDifferentiation;
import dev.odeon.solvers.ExplicitRungeKutta;
import dev.odeon.solvers.ExponentialRungeKutta;
import dev.odeon.solvers.ImexMultistep;
import dev.odeon.solvers.ImexRungeKutta;
import dev.odeon.solvers.ImplicitRungeKutta;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.nonlinear.Optimiser;
import java.util.List;

/** The families of methods, and what they are for. */
enum Family {
    IMEX_RUNGE_KUTTA("IMEX Runge-Kutta", "stiff neural ODEs with a linear part J to split off: the default"),
    IMEX_MULTISTEP("IMEX multistep", "the same over many steps: one evaluation of G and one solve a step"),
    EXPONENTIAL("exponential", "the same where J is diagonal or a stencil and accuracy matters"),
    EXPLICIT_RUNGE_KUTTA("explicit Runge-Kutta", "fields that are not stiff"),
    ADAMS("Adams", "fields that are not stiff and dear to evaluate"),
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
    String title() {
        return title;
    }

    /** What it is for, in a few words. */
    String purpose() {
        return purpose;
    }

    /** Its methods in the order of the registry. */
    List<Method> methods() {
        return Methods.all().stream().filter(method -> of(method) == this).toList();
    }

    /** The family of a method. */
    static Family of(Method method) {
        if (method instanceof ImplicitRungeKutta implicit) {
            return implicit.solver() instanceof Optimiser ? PROXIMAL : IMPLICIT_RUNGE_KUTTA;
        }
        if (method instanceof BackwardDifferentiation implicit) {
            return implicit.solver() instanceof Optimiser ? PROXIMAL : BACKWARD_DIFFERENTIATION;
        }
        if (method instanceof ImexRungeKutta) {
            return IMEX_RUNGE_KUTTA;
        }
        if (method instanceof ImexMultistep) {
            return IMEX_MULTISTEP;
        }
        if (method instanceof ExponentialRungeKutta) {
            return EXPONENTIAL;
        }
        if (method instanceof ExplicitRungeKutta) {
            return EXPLICIT_RUNGE_KUTTA;
        }
        if (method instanceof AdamsBashforth || method instanceof AdamsBashforthMoulton) {
            return ADAMS;
        }
        throw new IllegalStateException("The method " + method.name() + " belongs to no family: add one to Family");
    }
}
