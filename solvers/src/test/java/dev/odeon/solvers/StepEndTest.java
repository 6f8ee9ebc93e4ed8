package dev.odeon.solvers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StepEndTest {

    private static List<String> ending(Family family, StepEnd end) {
        return Methods.of(family).stream()
                .filter(method -> method.stepEnd().filter(end::equals).isPresent())
                .map(Method::name)
                .toList();
    }

    /** As their authors say. */
    @Test
    void isReadFromTheCoefficients() {
        assertThat(ending(Family.IMEX_RUNGE_KUTTA, StepEnd.LAST_STAGE))
                .containsExactly("ars-111", "ars-222", "ars-443");
        assertThat(ending(Family.IMEX_RUNGE_KUTTA, StepEnd.COMBINATION))
                .containsExactly("imex-rk2", "ssp2-222", "ssp3-332", "ssp3-433");
        assertThat(ending(Family.IMPLICIT_RUNGE_KUTTA, StepEnd.COMBINATION))
                .containsExactly("implicit-midpoint", "gauss4", "gauss6");
        assertThat(Methods.SBDF2.stepEnd()).isEmpty();
        assertThat(Methods.TSIT5.stepEnd()).isEmpty();
    }
}
