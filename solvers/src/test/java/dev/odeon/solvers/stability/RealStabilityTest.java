package dev.odeon.solvers.stability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.solvers.Family;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealStabilityTest {

    /** The known ends of the stability intervals; those of Adams-Bashforth are 2, 1, 6/11, 3/10, 90/551. */
    @ParameterizedTest
    @CsvSource({
        "euler, 2",
        "heun, 2",
        "midpoint, 2",
        "ssprk3, 2.5127",
        "rk4, 2.7853",
        "rk38, 2.7853",
        "dopri5, 3.3066",
        "ab1, 2",
        "ab2, 1",
        "ab3, 0.5455",
        "ab4, 0.3",
        "ab5, 0.1633",
        "abm1, 1",
        "abm2, 2"
    })
    void explicitMethodsAreStableUpToTheKnownProduct(String method, double product) {
        assertThat(RealStability.of(Methods.named(method)).orElseThrow()).isCloseTo(product, within(4e-3));
    }

    @Test
    void everyExplicitMethodHasABoundAndNoOtherHas() {
        for (Method method : Methods.all()) {
            boolean explicit = method.family() == Family.EXPLICIT_RUNGE_KUTTA || method.family() == Family.ADAMS;
            assertThat(RealStability.of(method).isPresent()).as(method.name()).isEqualTo(explicit);
            RealStability.of(method)
                    .ifPresent(bound -> assertThat(bound).as(method.name()).isBetween(0.1, 10.0));
        }
    }
}
