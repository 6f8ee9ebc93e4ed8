package dev.odeon.experiments.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.experiments.CommandLineFixture;
import dev.odeon.solvers.Family;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(Resources.SYSTEM_ERR)
class MethodTableTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"docs/SOLVERS.md", "README.md"})
    void theDocumentsAreUpToDate(String document) throws IOException {
        String text = Files.readString(Path.of("..").resolve(document));
        assertThat(text)
                .as("%s is out of date: run ./odeon methods --update docs/SOLVERS.md README.md", document)
                .isEqualTo(MarkedText.updated(text))
                .containsAnyOf("<!-- begin methods -->", "<!-- begin families -->");
    }

    @Test
    void everyMethodHasOneRow() {
        String table = MethodTable.methods();
        for (Method method : Methods.all()) {
            assertThat(table.split("\\| `" + method.name() + "` \\| " + method.order() + " \\|", -1))
                    .as(method.name())
                    .hasSize(2);
        }
    }

    @Test
    void theTerminalGetsColumnsAndWhoeverAsksMarkdown() {
        List<String> lines = CommandLineFixture.run("methods").printed().lines().toList();
        assertThat(lines).first().isEqualTo("IMEX Runge-Kutta");
        assertThat(lines).noneMatch(line -> line.contains("|") || line.contains("`") || line.contains("#"));
        String title = lines.stream()
                .filter(line -> line.startsWith("method "))
                .findFirst()
                .orElseThrow();
        String row = lines.stream()
                .filter(line -> line.startsWith("imex-rk3 "))
                .findFirst()
                .orElseThrow();
        assertThat(row.indexOf("3 linear, 1 factor")).isEqualTo(title.indexOf("solved a step"));
        assertThat(CommandLineFixture.run("methods", "--markdown").printed().strip())
                .isEqualTo(MethodTable.methods());
    }

    @Test
    void theCostsAreThoseOfTheCoefficients() {
        assertThat(Cost.of(Methods.IMEX_RK3)).isEqualTo(new Cost("4", "3 linear, 1 factor"));
        assertThat(Cost.of(Methods.SBDF2)).isEqualTo(new Cost("1", "1 linear, 1 factor"));
        assertThat(Cost.of(Methods.DOPRI5).evaluations()).isEqualTo("6");
        assertThat(Cost.of(Methods.RADAU5)).isEqualTo(new Cost("3 a round", "1 nonlinear for all stages"));
        assertThat(Cost.of(Methods.TRBDF2)).isEqualTo(new Cost("1 a round, and 1", "2 nonlinear"));
    }

    @Test
    void multistepMethodsCostHalfOfImexRk2OverLongWindowsAndTheSameOverOneStep() {
        assertThat(TrainingCounts.of(Methods.IMEX_RK2, 10)).isEqualTo(new TrainingCounts.Counts(20, 20));
        TrainingCounts.Counts longWindow = TrainingCounts.of(Methods.SBDF2, 10);
        assertThat(longWindow.forward()).isEqualTo(9 + 2 + 1);
        assertThat(longWindow.backward()).isBetween(9, 12);
        assertThat(TrainingCounts.of(Methods.SBDF2, 1)).isEqualTo(TrainingCounts.of(Methods.IMEX_RK2, 1));
        assertThat(longWindow.times(15)).startsWith("180 + ");
    }

    @Test
    void theGradientsAreThoseTheFrontDoorAccepts() {
        assertThat(GradientProbe.of(Family.IMEX_RUNGE_KUTTA)).contains("discrete adjoint", "backpropagation");
    }

    @Test
    void updatesADocumentInPlace() throws IOException {
        Path document = Files.writeString(
                folder.resolve("d.md"), "before\n<!-- begin families -->\nold\n<!-- end families -->\nafter\n");
        assertThat(CommandLineFixture.run("methods", "--update", document.toString())
                        .code())
                .isZero();
        assertThat(Files.readString(document))
                .startsWith("before\n<!-- begin families -->\n\n| family |")
                .endsWith("\n<!-- end families -->\nafter\n")
                .doesNotContain("old");
    }

    @Test
    void refusesAMarkWithoutItsEnd() {
        assertThatThrownBy(() -> MarkedText.replaced("<!-- begin x -->\n", "x", "y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("<!-- end x -->");
        assertThat(CommandLineFixture.run(
                                "methods", "--update", folder.resolve("none").toString())
                        .complaint())
                .hasLineCount(1)
                .contains("is no file");
    }
}
