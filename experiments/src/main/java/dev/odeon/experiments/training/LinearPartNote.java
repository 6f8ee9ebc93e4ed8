package dev.odeon.experiments.training;

import dev.odeon.solvers.Method;
import dev.odeon.solvers.stability.RealStability;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.OptionalDouble;

/** What a method that does not treat J separately makes of a problem that has such a part, told before the training. */
public final class LinearPartNote {

    private static final String INSTEAD = "; imex-rk3 and sbdf2 solve J implicitly at any step";

    private static final MathContext SHOWN = new MathContext(3);

    private LinearPartNote() {}

    /**
     * The note.
     *
     * @param size of the steps
     * @param rate the largest decay rate of J, or empty where it is learned
     * @return one line, or none for a method that treats J separately
     */
    public static List<String> of(Method method, double size, OptionalDouble rate) {
        if (method.linearPart() == Method.LinearPart.SEPARATE) {
            return List.of();
        }
        OptionalDouble bound = RealStability.of(method);
        if (bound.isEmpty()) {
            return List.of("--method " + method.name()
                    + " ignores the split: it solves G and J together, by an iteration in every step" + INSTEAD);
        }
        String start = "--method " + method.name() + " ignores the split and treats the stiff part J explicitly: ";
        if (rate.isEmpty()) {
            return List.of(start + "it is stable only while --dt times the fastest rate of J is at most "
                    + number(bound.getAsDouble()) + INSTEAD);
        }
        double largest = bound.getAsDouble() / rate.getAsDouble();
        return List.of(start + "J decays at rates up to " + number(rate.getAsDouble())
                + ", so that steps above " + number(largest) + " are unstable, and --dt is " + number(size)
                + (size > largest ? ", too large" : "") + INSTEAD);
    }

    private static String number(double value) {
        return new BigDecimal(value, SHOWN).stripTrailingZeros().toPlainString();
    }
}
