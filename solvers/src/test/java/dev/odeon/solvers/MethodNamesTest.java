package dev.odeon.solvers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MethodNamesTest {

    @Test
    void aMethodPrintsAsItsName() {
        assertThat(Methods.all())
                .isNotEmpty()
                .allSatisfy(method -> assertThat(method).hasToString(method.name()));
    }

    @Test
    void anUnknownNameIsToldWhereTheyAre() {
        assertThatThrownBy(() -> Methods.named("imexrk3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No method is called 'imexrk3'")
                .hasMessageContaining("Methods.all()")
                .hasMessageNotContaining("imex-rk2, ");
    }
}
