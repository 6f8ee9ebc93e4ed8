package dev.odeon.ode.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The equations of the textbooks, each written once for Java and for the graph. */
public enum ClassicalEquations implements Arithmetic.Equations {
    /** Lorenz, Deterministic nonperiodic flow, 1963. */
    LORENZ {
        @Override
        public <X> List<X> rates(Arithmetic<X> with, List<X> u) {
            X x = u.get(0);
            X y = u.get(1);
            X z = u.get(2);
            return List.of(
                    with.times(10, with.minus(y, x)),
                    with.minus(with.times(x, with.minus(with.number(28), z)), y),
                    with.minus(with.times(x, y), with.times(8 / 3.0, z)));
        }
    },

    /** Hairer, Norsett, Wanner, Solving Ordinary Differential Equations I, 1993, I.16. */
    BRUSSELATOR {
        @Override
        public <X> List<X> rates(Arithmetic<X> with, List<X> u) {
            X product = with.times(with.square(u.get(0)), u.get(1));
            return List.of(
                    with.plus(with.minus(product, with.times(4, u.get(0))), with.number(1)),
                    with.minus(with.times(3, u.get(0)), product));
        }
    },

    /** The same, II.0: three bodies, one of them without mass. */
    ARENSTORF {
        @Override
        public <X> List<X> rates(Arithmetic<X> with, List<X> u) {
            double mass = 0.012277471;
            X x1 = with.plus(u.get(0), with.number(mass));
            X x2 = with.minus(x1, with.number(1));
            X yy = with.square(u.get(1));
            X w1 = with.times(1 - mass, with.power(with.plus(with.square(x1), yy), -1.5));
            X w2 = with.times(mass, with.power(with.plus(with.square(x2), yy), -1.5));
            X pull = with.plus(with.times(x1, w1), with.times(x2, w2));
            return List.of(
                    u.get(2),
                    u.get(3),
                    with.minus(with.plus(u.get(0), with.times(2, u.get(3))), pull),
                    with.minus(with.minus(u.get(1), with.times(2, u.get(2))), with.times(u.get(1), with.plus(w1, w2))));
        }
    },

    /** The same, II.10: seven stars of masses 1 to 7 in a plane; all x, all y, then the velocities. */
    PLEIADES {
        @Override
        public <X> List<X> rates(Arithmetic<X> with, List<X> u) {
            int stars = 7;
            List<X> pulls = new ArrayList<>(Collections.nCopies(2 * stars, with.number(0)));
            for (int i = 0; i < stars; i++) {
                for (int j = 0; j < i; j++) {
                    X dx = with.minus(u.get(j), u.get(i));
                    X dy = with.minus(u.get(stars + j), u.get(stars + i));
                    X weight = with.power(with.plus(with.square(dx), with.square(dy)), -1.5);
                    X alongX = with.times(dx, weight);
                    X alongY = with.times(dy, weight);
                    // Newton's third law; a star's mass is its number.
                    pulls.set(i, with.plus(pulls.get(i), with.times(j + 1, alongX)));
                    pulls.set(j, with.minus(pulls.get(j), with.times(i + 1, alongX)));
                    pulls.set(stars + i, with.plus(pulls.get(stars + i), with.times(j + 1, alongY)));
                    pulls.set(stars + j, with.minus(pulls.get(stars + j), with.times(i + 1, alongY)));
                }
            }
            List<X> rates = new ArrayList<>(u.subList(2 * stars, 4 * stars));
            rates.addAll(pulls);
            return rates;
        }
    },

    /** Van der Pol's oscillator with damping 5. */
    VAN_DER_POL_5 {
        @Override
        public <X> List<X> rates(Arithmetic<X> with, List<X> u) {
            return vanDerPol(5, with, u);
        }
    },

    /** Van der Pol's oscillator with damping 1000. */
    VAN_DER_POL_1000 {
        @Override
        public <X> List<X> rates(Arithmetic<X> with, List<X> u) {
            return vanDerPol(1000, with, u);
        }
    },

    /** Robertson, The solution of a set of reaction rate equations, 1966. */
    ROBERTSON {
        @Override
        public <X> List<X> rates(Arithmetic<X> with, List<X> u) {
            X slow = with.times(0.04, u.get(0));
            X mixed = with.times(1e4, with.times(u.get(1), u.get(2)));
            X fast = with.times(3e7, with.square(u.get(1)));
            return List.of(with.minus(mixed, slow), with.minus(with.minus(slow, mixed), fast), fast);
        }
    },

    /** Field, Noyes, Oscillations in chemical systems, 1974. */
    OREGONATOR {
        @Override
        public <X> List<X> rates(Arithmetic<X> with, List<X> u) {
            X one = with.number(1);
            X inner = with.minus(with.minus(one, with.times(8.375e-6, u.get(0))), u.get(1));
            return List.of(
                    with.times(77.27, with.plus(u.get(1), with.times(u.get(0), inner))),
                    with.times(1 / 77.27, with.minus(u.get(2), with.times(with.plus(one, u.get(0)), u.get(1)))),
                    with.times(0.161, with.minus(u.get(0), u.get(2))));
        }
    },

    /** Kuramoto-Sivashinsky, u_t = -u_xx - u_xxxx - u u_x, by central differences on a ring of length 22. */
    KURAMOTO_SIVASHINSKY {
        @Override
        public <X> List<X> rates(Arithmetic<X> with, List<X> u) {
            int points = u.size();
            double spacing = 22.0 / points;
            double two = 1 / (spacing * spacing);
            List<X> rates = new ArrayList<>();
            for (int i = 0; i < points; i++) {
                X left = u.get((i + points - 1) % points);
                X right = u.get((i + 1) % points);
                X outer = with.plus(u.get((i + points - 2) % points), u.get((i + 2) % points));
                X linear = with.plus(
                        with.times(2 * two - 6 * two * two, u.get(i)),
                        with.minus(
                                with.times(4 * two * two - two, with.plus(left, right)), with.times(two * two, outer)));
                X slope = with.times(0.25 / spacing, with.minus(with.square(right), with.square(left)));
                rates.add(with.minus(linear, slope));
            }
            return rates;
        }
    };

    private static <X> List<X> vanDerPol(double damping, Arithmetic<X> with, List<X> u) {
        X damped = with.times(with.minus(with.number(1), with.square(u.get(0))), u.get(1));
        return List.of(u.get(1), with.minus(with.times(damping, damped), u.get(0)));
    }
}
