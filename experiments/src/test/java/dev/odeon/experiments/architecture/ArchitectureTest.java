package dev.odeon.experiments.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of docs/ARCHITECTURE.md that a machine can check; this module sees all others. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            // The tests of graph, which those of other modules use.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.odeon");

    /** Records of plain arrays, which say what a data set is and not where it comes from. */
    private static final String[] WORDS_OF_DATA = {"dev.odeon.datasets.graphs"};

    @Test
    void roomsUseOnlyTheRoomsBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("graph")
                .definedBy("dev.odeon.graph..")
                .layer("solvers")
                .definedBy("dev.odeon.solvers..")
                .layer("adjoint")
                .definedBy("dev.odeon.adjoint..")
                .layer("ode")
                .definedBy("dev.odeon.ode..")
                .layer("datasets")
                .definedBy("dev.odeon.datasets..")
                .layer("models")
                .definedBy("dev.odeon.models..")
                .layer("plots")
                .definedBy("dev.odeon.plots..")
                .layer("experiments")
                .definedBy("dev.odeon.experiments..")
                .whereLayer("graph")
                .mayNotAccessAnyLayer()
                .whereLayer("datasets")
                .mayNotAccessAnyLayer()
                .whereLayer("solvers")
                .mayOnlyAccessLayers("graph")
                .whereLayer("adjoint")
                .mayOnlyAccessLayers("graph", "solvers")
                .whereLayer("ode")
                .mayOnlyAccessLayers("graph", "solvers", "adjoint")
                .whereLayer("models")
                .mayOnlyAccessLayers("graph", "solvers", "adjoint", "ode", "datasets")
                .whereLayer("plots")
                .mayOnlyAccessLayers("graph", "solvers", "ode", "datasets", "models")
                .ensureAllClassesAreContainedInArchitecture()
                .check(CLASSES);
    }

    /** Whoever trains a model on tensors of their own needs neither a reader nor Arrow at run time. */
    @Test
    void modelsKnowTheWordsOfDataOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.odeon.models..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.odeon.datasets..").and(not(resideInAnyPackage(WORDS_OF_DATA))))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(WORDS_OF_DATA)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.arrow..", "dev.odeon.datasets.*..files..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.odeon.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("dev.odeon.experiments.architecture.Modules#names")
    void everyPackageHasASignOnItsDoor(String module) throws IOException {
        Path sources = Modules.sources(module);
        List<Path> packages;
        try (Stream<Path> files = Files.walk(sources)) {
            packages = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .filter(folder -> !folder.equals(sources))
                    .distinct()
                    .toList();
        }
        // One root package per module, named like the module.
        Path root = sources.resolve("dev").resolve("odeon").resolve(module);
        assertThat(packages).contains(root).allSatisfy(folder -> {
            assertThat(folder).startsWith(root);
            assertThat(folder.resolve("package-info.java")).content().contains("/**", "@NullMarked");
        });
    }
}
