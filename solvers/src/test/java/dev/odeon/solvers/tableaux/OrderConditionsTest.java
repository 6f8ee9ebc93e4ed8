package dev.odeon.solvers.tableaux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.solvers.ImexRungeKutta;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.RungeKutta;
import dev.odeon.solvers.tableaux.erk.Rk4;
import dev.odeon.solvers.tableaux.imex.Ars222;
import dev.odeon.solvers.tableaux.imex.KenCarp47;
import dev.odeon.solvers.tableaux.irk.Radau5;
import dev.odeon.solvers.tableaux.irk.Trbdf2;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

    static List<RungeKutta> pairs() {
        return rungeKuttaMethods().stream()
                .filter(method -> method.embedded().isPresent())
                .toList();
    }

    /** The difference of the weights, which the estimate multiplies with whole rates. */
    private static double[] difference(RungeKutta method) {
        double[] weights = method.embedded().orElseThrow().weights();
        double[] b = Arrays.copyOf(method.explicit().b(), weights.length);
        for (int i = 0; i < b.length; i++) {
            b[i] -= weights[i];
        }
        return b;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theEstimateOfAnImexMethodSeesStiffAndOtherRatesAndIsFiniteForInfinitelyStiffOnes(RungeKutta method) {
        if (method.implicit().isEmpty()) {
            return;
        }
        double[] difference = difference(method);
        for (double[][] a :
                List.of(method.explicit().a(), method.implicit().orElseThrow().a())) {
            assertThat(Math.abs(estimate(difference, a, -1))).isGreaterThan(1e-7);
        }
        double[][] implicit = method.implicit().orElseThrow().a();
        assertThat(Math.abs(estimate(difference, implicit, -1e3))).isBetween(1e-5, 10.0);
        assertThat(Math.abs(estimate(difference, implicit, -1e6))).isLessThan(10);
    }

    /** z d^T (I - z A)^-1 1, the estimate of one step of u' = lambda u from 1 with z = h lambda. */
    private static double estimate(double[] difference, double[][] a, double z) {
        double[] stages = new double[a.length];
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            stages[i] = 1;
            for (int j = 0; j < i; j++) {
                stages[i] += z * a[i][j] * stages[j];
            }
            stages[i] /= 1 - z * a[i][i];
            sum += z * difference[i] * stages[i];
        }
        return sum;
    }

    @Test
    void aWrongDigitInTheEstimateIsRefused() {
        assertThatThrownBy(() -> KenCarp47.COEFFICIENTS.embedded(4, weights(KenCarp47.COEFFICIENTS.embedded())))
                .hasMessageContaining("embedded weights miss the conditions of order 4");
        double[] weights = weights(Radau5.COEFFICIENTS.embedded());
        weights[1] += 1e-6;
        weights[2] -= 1e-6;
        assertThatThrownBy(() -> Radau5.COEFFICIENTS.embedded(3, weights)).hasMessageContaining("order 3");
        assertThatThrownBy(() -> Radau5.COEFFICIENTS.embedded(4, weights(Radau5.COEFFICIENTS.embedded())))
                .hasMessageContaining("order 4");
        // Weights that fit the explicit part alone: the implicit part of ARS(2,2,2) has others.
        assertThatThrownBy(() -> Ars222.COEFFICIENTS.embedded(2, 0.5, 0.5, 0)).hasMessageContaining("order 2");
        assertThatThrownBy(() -> Ars222.COEFFICIENTS.embedded(1, 1)).hasMessageContaining("give one for each stage");
        assertThatThrownBy(() -> Radau5.COEFFICIENTS.embedded(1, 1, 0, 0)).hasMessageContaining("solved together");
        assertThatThrownBy(() -> Trbdf2.COEFFICIENTS.embedded(1, 1, 0, 0, 0)).hasMessageContaining("each stage");
    }

    private static double[] weights(Optional<Embedded> embedded) {
        return embedded.orElseThrow().weights().clone();
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
