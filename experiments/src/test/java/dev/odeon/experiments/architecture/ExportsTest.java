package dev.odeon.experiments.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the modules export to everybody explains itself, and no more is exported than what is for users. */
class ExportsTest {

    /** Without a list of modules that may see the package. */
    private static final Pattern EXPORT = Pattern.compile("^\\s*exports ([\\w.]+);", Pattern.MULTILINE);

    private static final Pattern EXPORT_TO_SOME = Pattern.compile("^\\s*exports ([\\w.]+)\\s+to\\s", Pattern.MULTILINE);

    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("\\s*public (?:(?:static|abstract|final|sealed|non-sealed) )*"
                    + "(?:class|interface|enum|record|@interface) (\\w+).*");

    static List<Path> exported() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path sources : Modules.sources()) {
            Matcher export = EXPORT.matcher(Files.readString(sources.resolve("module-info.java")));
            while (export.find()) {
                folders.add(sources.resolve(export.group(1).replace('.', '/')));
            }
        }
        return folders;
    }

    @ParameterizedTest
    @MethodSource("exported")
    void everyTypeForUsersHasASentence(Path folder) throws IOException {
        assertThat(folder.resolve("package-info.java")).isRegularFile();
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(file -> file.toString().endsWith(".java")).toList();
        }
        List<String> silent = new ArrayList<>();
        for (Path file : files) {
            silent.addAll(silent(Files.readAllLines(file)));
        }
        assertThat(silent).as("public types of " + folder + " without Javadoc").isEmpty();
    }

    /** The public types in front of which no Javadoc ends; annotations may stand between. */
    private static List<String> silent(List<String> lines) {
        List<String> silent = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher type = PUBLIC_TYPE.matcher(lines.get(i));
            if (type.matches()) {
                int before = i - 1;
                while (before >= 0 && lines.get(before).strip().startsWith("@")) {
                    before--;
                }
                if (before < 0 || !lines.get(before).strip().endsWith("*/")) {
                    silent.add(type.group(1));
                }
            }
        }
        return silent;
    }

    @Test
    void aTypeWithoutASentenceIsFound() {
        List<String> lines = List.of(
                "/** Says what it is. */",
                "@FunctionalInterface",
                "public interface First {",
                "    public record Second() {}",
                "",
                "    /** A word. */ ",
                "    public static final class Third {}",
                "    class Fourth {}",
                "    @Deprecated",
                "    public enum Fifth {}");
        assertThat(silent(lines)).containsExactly("Second", "Fifth");
    }

    @Test
    void theJavadocLeavesOutWhatIsExportedToNeighbours() throws IOException {
        List<String> toSome = new ArrayList<>();
        for (Path sources : Modules.sources()) {
            Matcher export = EXPORT_TO_SOME.matcher(Files.readString(sources.resolve("module-info.java")));
            while (export.find()) {
                toSome.add(export.group(1));
            }
        }
        Matcher leftOut =
                Pattern.compile("<excludePackageNames>([^<]*)<").matcher(Files.readString(Path.of("..", "pom.xml")));
        assertThat(leftOut.find()).isTrue();
        assertThat(leftOut.group(1).strip().split(":")).containsExactlyInAnyOrderElementsOf(toSome);
    }

    @Test
    void whatCarriesASolveOutIsForTheNeighboursAlone() throws IOException {
        List<String> names = exported().stream()
                .map(folder -> folder.toString().replace(java.io.File.separatorChar, '.'))
                .map(name -> name.substring(name.indexOf("dev.odeon")))
                .toList();
        assertThat(names)
                .filteredOn(name -> name.startsWith("dev.odeon.solvers") || name.startsWith("dev.odeon.adjoint"))
                .containsExactlyInAnyOrder(
                        "dev.odeon.adjoint",
                        "dev.odeon.adjoint.checkpoints",
                        "dev.odeon.adjoint.norms",
                        "dev.odeon.solvers",
                        "dev.odeon.solvers.dense",
                        "dev.odeon.solvers.events",
                        "dev.odeon.solvers.linear",
                        "dev.odeon.solvers.linear.krylov",
                        "dev.odeon.solvers.linear.report",
                        "dev.odeon.solvers.nonlinear",
                        "dev.odeon.solvers.stability",
                        "dev.odeon.solvers.steps",
                        "dev.odeon.solvers.tableaux",
                        "dev.odeon.solvers.tolerances");
        assertThat(names).noneMatch(name -> name.startsWith("dev.odeon.experiments"));
    }
}
