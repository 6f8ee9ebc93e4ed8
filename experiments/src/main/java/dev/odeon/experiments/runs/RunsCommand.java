package dev.odeon.experiments.runs;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Printable;
import dev.odeon.experiments.results.PlainTable;
import dev.odeon.experiments.training.session.RecordedRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code odeon runs}: the runs below a folder, the last one at the end. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "List the runs below a folder, by the time of their last epoch.")
public final class RunsCommand implements Callable<Integer> {

    private static final int DEEPEST = 6;
    private static final String COLUMNS =
            "| run | experiment | model | method | epochs | state | best validation loss | seconds |";

    @Parameters(
            arity = "0..1",
            paramLabel = "FOLDER",
            description = "Where to look, ${DEFAULT-VALUE} unless given.",
            defaultValue = ".")
    private Path folder = Path.of(".");

    private record Found(RecordedRun run, FileTime time) {}

    @Override
    public Integer call() {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + " is no folder: name one in which runs are");
        }
        List<Found> found = found();
        if (found.isEmpty()) {
            System.out.println(Printable.line("no runs below " + folder
                    + ": odeon train NAME --out FOLDER makes one, odeon train --help lists the names"));
            return 0;
        }
        String rows = found.stream().map(each -> row(each.run())).collect(Collectors.joining("\n"));
        System.out.println(PlainTable.of(COLUMNS + "\n" + rows));
        return 0;
    }

    private List<Found> found() {
        try (Stream<Path> paths = Files.find(folder, DEEPEST, (path, facts) -> facts.isDirectory())) {
            return paths.filter(RecordedRun::isIn)
                    .flatMap(RunsCommand::read)
                    .sorted(Comparator.comparing(Found::time)
                            .thenComparing(each -> each.run().folder()))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw DataException.of(folder, "cannot be searched", "folders you may read", "name another folder", e);
        }
    }

    /** Nothing for the settings of another program. */
    private static Stream<Found> read(Path path) {
        try {
            Path metrics = path.resolve("metrics.csv");
            FileTime time = Files.getLastModifiedTime(Files.exists(metrics) ? metrics : path);
            return Stream.of(new Found(RecordedRun.read(path), time));
        } catch (DataException e) {
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String row(RecordedRun run) {
        Path place = folder.relativize(run.folder());
        List<String> cells = List.of(
                place.toString().isEmpty() ? "." : place.toString(),
                run.experiment(),
                run.setting("model"),
                run.setting("method"),
                run.epochs() + " of " + run.setting("epochs"),
                run.state().word(),
                Double.isNaN(run.bestValidLoss()) ? "-" : String.format(Locale.ROOT, "%.4e", run.bestValidLoss()),
                String.format(Locale.ROOT, "%.1f", run.seconds()));
        // A bar would end a cell.
        return cells.stream()
                .map(cell -> Printable.line(cell).replace('|', '/'))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }
}
