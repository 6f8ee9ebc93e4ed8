package dev.odeon.solvers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThetaTest {

    @Test
    void theOrderIsTwoAtOneHalfOnly() {
        assertThat(Methods.theta(0.5).order()).isEqualTo(2);
        assertThat(Methods.theta(0.5000001).order()).isEqualTo(1);
        assertThat(Methods.theta(1).order()).isEqualTo(1);
    }

    @Test
    void theEndsAreCrankNicolsonAndBackwardEuler() {
        assertThat(Methods.theta(0.5).tableau().coefficients().a())
                .isDeepEqualTo(Methods.CRANK_NICOLSON.tableau().coefficients().a());
        assertThat(Methods.theta(1).tableau().coefficients().b()).containsExactly(0, 1);
    }

    @Test
    void aNameSaysTheta() {
        assertThat(Methods.theta(0.6).name()).isEqualTo("theta-0.6");
        assertThat(Methods.named("theta-0.60")).isInstanceOfSatisfying(ImplicitRungeKutta.class, method -> {
            assertThat(method.name()).isEqualTo("theta-0.6");
            assertThat(method.tableau().coefficients().b())
                    .containsExactly(Methods.theta(0.6).tableau().coefficients().b());
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.49, 1.01, Double.NaN, -1})
    void otherThetasAreRefused(double theta) {
        assertThatThrownBy(() -> Methods.theta(theta))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(theta))
                .hasMessageContaining("0.5");
    }

    @Test
    void namesThatAreNoNumberAreRefused() {
        assertThatThrownBy(() -> Methods.named("theta-half"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'half'")
                .hasMessageContaining("theta-0.6");
        assertThatThrownBy(() -> Methods.named("theta")).hasMessageContaining("or theta-0.6");
    }
}
