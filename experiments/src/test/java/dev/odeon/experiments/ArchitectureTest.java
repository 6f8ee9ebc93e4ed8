package dev.odeon.experiments;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.odeon");

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
                .layer("datasets")
                .definedBy("dev.odeon.datasets..")
                .layer("models")
                .definedBy("dev.odeon.models..")
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
                .whereLayer("models")
                .mayOnlyAccessLayers("graph", "solvers", "adjoint")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.odeon.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageHasASignOnItsDoor() {
        Set<String> packages = CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        Set<String> described = CLASSES.stream()
                .filter(type -> type.getSimpleName().equals("package-info"))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());
        assertThat(described).containsAll(packages).hasSizeGreaterThan(10);
    }
}
