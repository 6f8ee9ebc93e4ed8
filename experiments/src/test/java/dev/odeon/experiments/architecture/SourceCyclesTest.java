package dev.odeon.experiments.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages have no cycles in their sources either, where constants still bear the name of their class. */
class SourceCyclesTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void packagesHaveNoCycles() throws IOException {
        SourceDependencies dependencies = SourceDependencies.of(Modules.sources());
        assertThat(dependencies.uses()).hasSizeGreaterThan(50);
        assertThat(dependencies.cycle())
                .as("a cycle of packages: move a type, or name what it names elsewhere")
                .isEmpty();
    }

    @Test
    void aConstantThatTheCompilerCopiesMakesACycle() throws IOException {
        write("a", "package dev.odeon.a; class First { String name() { return dev.odeon.b.Second.NAME; } }");
        write("b", "package dev.odeon.b;\nimport dev.odeon.c.Third;\nclass Second { Third third; }");
        write("c", "package dev.odeon.c;\nimport static dev.odeon.a.First.TYPE;\nclass Third { String type = TYPE; }");
        assertThat(SourceDependencies.of(List.of(folder)).cycle())
                .containsExactly(
                        "dev.odeon.a -> dev.odeon.b: a.java names dev.odeon.b.Second",
                        "dev.odeon.b -> dev.odeon.c: b.java names dev.odeon.c.Third",
                        "dev.odeon.c -> dev.odeon.a: c.java names dev.odeon.a.First");
    }

    @Test
    void commentsAndTextMakeNone() throws IOException {
        write("a", "package dev.odeon.a; /** See {@link dev.odeon.b.Second}. */ class First {}");
        write("b", "package dev.odeon.b;\nimport dev.odeon.a.*;\nclass Second { String a = \"dev.odeon.b.Second\"; }");
        assertThat(SourceDependencies.of(List.of(folder)).cycle()).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name + ".java"), text);
    }
}
