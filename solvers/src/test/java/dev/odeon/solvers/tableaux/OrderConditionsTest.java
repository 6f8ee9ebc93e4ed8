package dev.odeon.solvers.tableaux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.solvers.ImexRungeKutta;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.tableaux.erk.Rk4;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrderConditionsTest {

    static List<RungeKutta> rungeKuttaMethods() {
        return Methods.all().stream()
                .filter(RungeKutta.class::isInstance)
                .map(RungeKutta.class::cast)
                .toList();
    }

    private static double defect(Method method, int order) {
        RungeKutta rungeKutta = (RungeKutta) method;
        Butcher explicit = rungeKutta.explicit();
        if (method instanceof ImexRungeKutta imex) {
            Butcher implicit = imex.tableau().implicit();
            return OrderConditions.defect(
                    order, new double[][][] {explicit.a(), implicit.a()}, new double[][] {explicit.b(), implicit.b()});
        }
        return OrderConditions.defect(order, new double[][][] {explicit.a()}, new double[][] {explicit.b()});
    }

    @ParameterizedTest
    @MethodSource("rungeKuttaMethods")
    void everyMethodHasItsOrderAndNoHigherOne(RungeKutta method) {
        assertThat(defect(method, method.order())).isLessThan(1e-11);
        assertThat(defect(method, method.order() + 1)).isGreaterThan(1e-6);
    }

    @Test
    void aWrongDigitIsRefused() {
        double[][] a = {{0, 0}, {0.5, 0}};
        assertThatThrownBy(() -> ExplicitTableau.of(2, Butcher.of(a, 0.01, 0.99)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("order 2");
        assertThatThrownBy(() -> Butcher.of(a, 0.5, 0.51)).hasMessageContaining("sum of b");
        assertThatThrownBy(() -> new Butcher(a, new double[] {0, 1}, new double[] {0, 0.4}))
                .hasMessageContaining("row 1 of A");
    }

    @Test
    void anOrderTooHighIsRefused() {
        assertThatThrownBy(() -> ExplicitTableau.of(5, Rk4.COEFFICIENTS.coefficients()))
                .hasMessageContaining("order 5");
    }

    @Test
    void missingCouplingIsRefusedAlthoughBothPartsAreFine() {
        // Ralston's explicit and an implicit method of order 2 whose weights differ.
        Butcher explicit = Butcher.of(new double[][] {{0, 0, 0}, {2 / 3.0, 0, 0}, {1, 0, 0}}, 0.25, 0.75, 0);
        Butcher implicit = Butcher.of(new double[][] {{0.5, 0, 0}, {0, 0.5, 0}, {0, 0, 0.5}}, 0, 0, 1);
        assertThatThrownBy(() -> ImexTableau.of(2, explicit, implicit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("order 2");
    }

    @Test
    void anExplicitPartWithADiagonalIsRefused() {
        assertThatThrownBy(() -> ExplicitTableau.of(1, Butcher.of(new double[][] {{1}}, 1)))
                .hasMessageContaining("explicit");
    }
}
