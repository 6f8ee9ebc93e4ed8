package dev.odeon.experiments.runs;

import dev.odeon.datasets.Printable;
import dev.odeon.experiments.results.PlainTable;
import dev.odeon.experiments.results.ResultFiles;
import dev.odeon.experiments.training.session.Spread;
import dev.odeon.plots.Curves;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code odeon compare}: losses and evaluations of several runs over their epochs, and their final figures. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description =
                "Draw the losses and evaluations of several runs, or series of runs, over one another, and tell their"
                        + " final figures.")
public final class CompareCommand implements Callable<Integer> {

    private static final Curves.Axis EPOCHS = new Curves.Axis("epoch", Curves.Scale.LINEAR);

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Folders of runs or of series, of one experiment.")
    private List<Path> folders = List.of();

    @Option(names = "--out", required = true, description = "Folder for the results; new or empty.")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        List<Contestant> contestants = Contestant.read(folders);
        ResultFiles files = ResultFiles.fresh(out);
        String experiment = contestants.get(0).runs().get(0).experiment();
        table(files, contestants);
        draw(
                files,
                experiment,
                contestants,
                "loss",
                "validLoss",
                new Curves.Axis("validation loss", Curves.Scale.LOGARITHMIC));
        draw(
                files,
                experiment,
                contestants,
                "nfe-forward",
                "nfeForwardPerIteration",
                new Curves.Axis("evaluations forward in an iteration", Curves.Scale.LINEAR));
        draw(
                files,
                experiment,
                contestants,
                "nfe-backward",
                "nfeBackwardPerIteration",
                new Curves.Axis("evaluations backward in an iteration", Curves.Scale.LINEAR));
        System.out.println(Printable.line(files.told()));
        return 0;
    }

    private static void draw(
            ResultFiles files,
            String experiment,
            List<Contestant> contestants,
            String file,
            String column,
            Curves.Axis up) {
        Curves.write(
                files.file(file + ".png"),
                experiment,
                EPOCHS,
                up,
                contestants.stream()
                        .map(each -> EpochBand.of(each.name(), each.runs(), column))
                        .toList());
    }

    /** compare.csv, and the same printed. */
    private static void table(ResultFiles files, List<Contestant> contestants) {
        Set<String> figures = Contestant.figures(contestants);
        List<String> columns = new ArrayList<>(List.of("run", "runs", "epochs"));
        for (String figure : figures) {
            columns.addAll(List.of(figure, figure + "Deviation"));
        }
        List<List<?>> rows = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        lines.add("| run | runs | epochs | " + String.join(" | ", figures) + " |");
        for (Contestant each : contestants) {
            int epochs =
                    each.runs().stream().mapToInt(run -> run.epochs()).min().orElse(0);
            List<Object> row =
                    new ArrayList<>(List.of(word(each.name()), each.runs().size(), epochs));
            List<String> told = new ArrayList<>(
                    List.of(word(each.name()), String.valueOf(each.runs().size()), String.valueOf(epochs)));
            for (String figure : figures) {
                Optional<Spread> spread = each.figure(figure);
                row.add(spread.<Object>map(Spread::mean).orElse(""));
                row.add(spread.filter(numbers -> numbers.count() > 1)
                        .<Object>map(Spread::deviation)
                        .orElse(""));
                told.add(spread.map(Spread::text).orElse("-"));
            }
            rows.add(row);
            lines.add(told.stream().collect(Collectors.joining(" | ", "| ", " |")));
        }
        files.table("compare", columns, rows);
        System.out.println(PlainTable.of(String.join("\n", lines)));
    }

    /** A name in a cell, whatever folders are called. */
    private static String word(String name) {
        return Printable.line(name).replace(',', ' ').replace('|', '/');
    }
}
