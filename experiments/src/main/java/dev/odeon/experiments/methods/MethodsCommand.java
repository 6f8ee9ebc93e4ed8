package dev.odeon.experiments.methods;

import dev.odeon.datasets.AtomicFile;
import dev.odeon.experiments.results.PlainTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code odeon methods}: the registry in columns, or as Markdown, printed or put into documents. */
@Command(
        name = "methods",
        mixinStandardHelpOptions = true,
        description = "Print the table of all methods, or bring documents up to date.")
public final class MethodsCommand implements Callable<Integer> {

    @Option(
            names = "--update",
            arity = "1..*",
            description = "Documents to bring up to date, such as docs/SOLVERS.md and README.md.")
    private List<Path> documents = List.of();

    @Option(
            names = "--counts",
            description = "Print what an epoch of training costs with one-step and multistep IMEX methods instead: the"
                    + " evaluations of G, forward and backward, counted in solves of the papers' numbers of steps.")
    private boolean counts;

    @Option(
            names = "--markdown",
            description = "Print Markdown, as it stands in the documents, and no aligned columns.")
    private boolean markdown;

    private void print(String table) {
        System.out.println(markdown ? table : PlainTable.of(table));
    }

    @Override
    public Integer call() throws IOException {
        if (counts) {
            print(TrainingCounts.table());
        } else if (documents.isEmpty()) {
            print(MethodTable.methods());
        }
        for (Path document : documents) {
            if (!Files.isRegularFile(document)) {
                throw new IllegalArgumentException("--update " + document + " is no file: name a Markdown document");
            }
            byte[] text = MarkedText.updated(Files.readString(document)).getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(document, target -> Files.write(target, text));
        }
        return 0;
    }
}
