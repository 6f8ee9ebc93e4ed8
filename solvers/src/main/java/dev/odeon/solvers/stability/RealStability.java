package dev.odeon.solvers.stability;

import dev.odeon.solvers.AdamsBashforth;
import dev.odeon.solvers.AdamsBashforthMoulton;
import dev.odeon.solvers.ExplicitRungeKutta;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.multistep.Polynomials;
import dev.odeon.solvers.tableaux.Butcher;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How large a step an explicit method can take on a decaying mode: on u' = -r u its results stay bounded while h r is at most
 * this number.
 *
 * <p>For a field with a stiff linear part J whose eigenvalues are real the step is bounded by this number over the largest of
 * them, whatever the accuracy asked for. Methods that solve for J, or for the whole field, have no such bound here. Computed
 * from the coefficients, to three digits: Runge-Kutta methods by their stability function, Adams methods by their recurrence
 * after exact first steps. Source: Hairer, Wanner, Solving Ordinary Differential Equations II, 1996, IV.2 and V.1.
 */
public final class RealStability {

    private static final double SMALLEST = 1e-3;
    private static final double LARGEST = 200;
    private static final int STEPS = 20_000;
    private static final double BLOWN = 1e6;
    private static final double ROUNDING = 1e-9;

    private RealStability() {}

    /** {@return the largest h r, for explicit methods; empty for all others} */
    public static OptionalDouble of(Method method) {
        if (method instanceof ExplicitRungeKutta rungeKutta) {
            Butcher coefficients = rungeKutta.explicit();
            return OptionalDouble.of(largest(product -> Math.abs(growth(coefficients, -product)) <= 1 + ROUNDING));
        }
        if (method instanceof AdamsBashforth adams) {
            return OptionalDouble.of(largest(product -> bounded(adams.order(), product, Corrector.NONE)));
        }
        if (method instanceof AdamsBashforthMoulton adams) {
            return OptionalDouble.of(largest(product -> bounded(adams.order(), product, Corrector.MOULTON)));
        }
        return OptionalDouble.empty();
    }

    /** What follows the prediction. */
    private enum Corrector {
        NONE,
        MOULTON
    }

    /** Whether a product h r is stable. */
    private interface Test {
        boolean stable(double product);
    }

    /** Walks to the first unstable product and halves the last stride: beyond it there may be stable ones again. */
    private static double largest(Test test) {
        double stable = 0;
        double unstable = LARGEST;
        double stride = 0.02;
        for (double product = stride; product < LARGEST; product += stride) {
            if (!test.stable(product)) {
                unstable = product;
                break;
            }
            stable = product;
        }
        while (unstable - stable > SMALLEST / 2) {
            double middle = (stable + unstable) / 2;
            if (test.stable(middle)) {
                stable = middle;
            } else {
                unstable = middle;
            }
        }
        return stable;
    }

    /** R(z), by which a step multiplies the state. */
    private static double growth(Butcher coefficients, double z) {
        double[] rates = new double[coefficients.stages()];
        double next = 1;
        for (int i = 0; i < rates.length; i++) {
            rates[i] = 1;
            for (int j = 0; j < i; j++) {
                rates[i] += z * coefficients.a(i, j) * rates[j];
            }
            next += z * coefficients.b(i) * rates[i];
        }
        return next;
    }

    /** Whether the recurrence of an Adams method stays bounded from rough first rates on. */
    private static boolean bounded(int order, double product, Corrector corrector) {
        double[] sizes = new double[order + 1];
        Arrays.fill(sizes, 1);
        double[] past = Polynomials.past(sizes, order);
        double[] predictor = Polynomials.integrals(past);
        double[] moulton = Polynomials.integrals(Polynomials.withNew(past, order));
        double[] rates = new double[order];
        for (int j = 0; j < order; j++) {
            // Alternating, as the mode that blows up first does.
            rates[j] = j % 2 == 0 ? -product : product;
        }
        double u = 1;
        for (int step = 0; step < STEPS; step++) {
            double next = u + sum(predictor, rates);
            if (corrector == Corrector.MOULTON) {
                double[] shifted = shifted(rates, -product * next);
                next = u + sum(moulton, shifted);
            }
            rates = shifted(rates, -product * next);
            u = next;
            if (!(Math.abs(u) < BLOWN)) {
                return false;
            }
        }
        return true;
    }

    private static double sum(double[] weights, double[] rates) {
        double sum = 0;
        for (int j = 0; j < weights.length; j++) {
            sum += weights[j] * rates[j];
        }
        return sum;
    }

    /** With a new one in front, without the oldest. */
    private static double[] shifted(double[] rates, double newest) {
        double[] next = new double[rates.length];
        next[0] = newest;
        System.arraycopy(rates, 0, next, 1, rates.length - 1);
        return next;
    }
}
