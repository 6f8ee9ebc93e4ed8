package dev.odeon.experiments.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.experiments.documents.ReadmeExample;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Maven project of three files, outside of this one, uses Odeon as a library.
 *
 * <p>Its repository is a folder of its own; what else it needs, this build has fetched before. Nothing is downloaded, and
 * nobody's repository is changed.
 */
class ExternalProjectTest {

    private static final Path FILES = Path.of("src", "test", "external");
    private static final List<String> MODULES = List.of("graph", "solvers", "adjoint", "ode");

    /** What the example runs with; a project with a plugin for that would leave it to Maven. */
    private static final Pattern LIBRARIES =
            Pattern.compile("(tensorflow-core|ndarray|javacpp|protobuf-java|jspecify)-.*\\.jar");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void compilesAndRunsTheExampleOfTheReadme() throws IOException, InterruptedException {
        Path project = project("");
        Run compiled = maven(project);
        assertThat(compiled.code()).as(compiled.output()).isZero();
        String modules = ClassPath.entries().stream()
                .filter(entry ->
                        LIBRARIES.matcher(entry.getFileName().toString()).matches())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        try (var jars = Files.walk(repository().resolve(Path.of("dev", "odeon")))) {
            modules = jars.filter(jar -> jar.toString().endsWith(".jar"))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator, "", File.pathSeparator + modules));
        }
        Run run = Run.of(
                project,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "--module-path",
                        project.resolve(Path.of("target", "classes")) + File.pathSeparator + modules,
                        "--module",
                        "example/example.Example"));
        assertThat(run.output()).contains("[64, 200] SUCCESS");
        assertThat(run.code()).isZero();
    }

    @Test
    void namesNoStepperAndNoTableau() throws IOException, InterruptedException {
        Run refused = maven(project("""
                dev.odeon.solvers.stepper.Stepper<?> stepper = null;
                dev.odeon.solvers.tableaux.erk.Rk4 tableau = null;
                dev.odeon.solvers.solve.ForwardSolve<?> solve = null;
                dev.odeon.adjoint.backward.BackwardLoop<?> loop = null;
                """));
        assertThat(refused.code()).isNotZero();
        assertThat(refused.output())
                .contains("package dev.odeon.solvers.stepper is not visible")
                .contains("package dev.odeon.solvers.tableaux.erk is not visible")
                .contains("package dev.odeon.solvers.solve is not visible")
                .contains("package dev.odeon.adjoint.backward is not visible");
    }

    private Path repository() {
        return folder.resolve("repository");
    }

    /** The three files, with the README's example and some more statements. */
    private Path project(String statements) throws IOException {
        InstalledArtifacts.install(repository(), MODULES);
        Path project = Files.createDirectory(folder.resolve("project"));
        Path sources = Files.createDirectories(project.resolve(Path.of("src", "main", "java", "example")));
        String pom = Files.readString(FILES.resolve("pom.xml"));
        for (String name : List.of("odeon.version", "resources.version", "compiler.version")) {
            pom = pom.replace("@" + name + "@", property(name));
        }
        Files.writeString(project.resolve("pom.xml"), pom);
        Path given = FILES.resolve(Path.of("src", "main", "java"));
        Files.copy(given.resolve("module-info.java"), sources.resolveSibling("module-info.java"));
        String code = Files.readString(given.resolve(Path.of("example", "Example.java")));
        Files.writeString(
                sources.resolve("Example.java"),
                code.replace("// @readme.example@", ReadmeExample.statements() + statements));
        return project;
    }

    /** Compiles with the Maven of this build, which finds everything else in the repository of this build. */
    private Run maven(Path project) throws IOException, InterruptedException {
        Path settings = Files.writeString(folder.resolve("settings.xml"), """
                <settings>
                  <localRepository>%s</localRepository>
                  <mirrors>
                    <mirror>
                      <id>fetched-before</id>
                      <mirrorOf>*</mirrorOf>
                      <url>%s</url>
                    </mirror>
                  </mirrors>
                </settings>
                """.formatted(
                        repository(), Path.of(property("maven.repository")).toUri()));
        List<String> command = new ArrayList<>();
        command.add(Path.of(property("maven.installation"), "bin", "mvn").toString());
        command.addAll(List.of("-B", "-ntp", "--lax-checksums", "--settings", settings.toString()));
        command.addAll(List.of("--global-settings", settings.toString(), "compile"));
        return Run.of(project, command);
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("The property " + name + " is not set: run this test with ./mvnw");
        }
        return value;
    }
}
