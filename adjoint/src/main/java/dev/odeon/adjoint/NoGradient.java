package dev.odeon.adjoint;

/** No gradient: nothing is stored, and a loss of the solution cannot be differentiated. */
public record NoGradient() implements Gradient {
    @Override
    public String label() {
        return "none";
    }
}
