package dev.odeon.experiments.serving;

import dev.odeon.datasets.Printable;
import dev.odeon.experiments.training.Experiment;
import dev.odeon.experiments.training.session.StoredRun;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.export.GraphFormat;
import dev.odeon.graph.export.ModelGraph;
import dev.odeon.graph.export.ModelSignature;
import dev.odeon.graph.export.SavedModelFolder;
import dev.odeon.models.serving.RunModel;
import dev.odeon.models.serving.ServedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code odeon export}: the trained model of a run as a SavedModel, with the parameters of its best epoch. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description =
                "Write the trained model of a run as a SavedModel, which TensorFlow Serving, Python and Java load.")
public final class Export implements Callable<Integer> {

    private final List<Experiment> experiments;

    @Option(names = "--run", required = true, description = "The --out folder of the training.")
    private Path run = Path.of("");

    @Option(names = "--out", required = true, description = "Folder for the model; new or empty.")
    private Path out = Path.of("");

    @Option(
            names = "--gradient",
            description =
                    "Also export the function gradient: the loss, and its gradient by inputs and parameters. Reads the"
                            + " data of the training once more.")
    private boolean gradient;

    @Option(
            names = "--graph",
            paramLabel = "<file>",
            description =
                    "Also write the graph alone, in the format that the ending names: .pb, .pbtxt, .dot or .svg; may be"
                            + " given several times.")
    private List<Path> graphs = List.of();

    /** Of runs of these experiments. */
    public Export(List<Experiment> experiments) {
        this.experiments = List.copyOf(experiments);
    }

    /** A model and its card. */
    private record Exported(ModelGraph graph, String card) {}

    @Override
    public Integer call() {
        StoredRun stored = StoredRun.in(run, "--run");
        SavedModelFolder.requireEmpty(out);
        graphs.forEach(GraphFormat::of);
        Exported exported = exported(stored);
        SavedModelFolder.write(
                exported.graph(),
                out,
                Map.of("settings.json", stored.settingsText(), "model_card.md", exported.card()));
        for (Path file : graphs) {
            GraphFormat.of(file).write(exported.graph().graph(), file);
        }
        for (ModelSignature signature : exported.graph().signatures()) {
            System.out.println(Printable.line(
                    signature.name() + ": " + words(signature.inputs()) + " -> " + words(signature.outputs())));
        }
        System.out.println(Printable.line("model: " + out + "; what its tensors mean: "
                + out.resolve("assets.extra").resolve("model_card.md")
                + (graphs.isEmpty()
                        ? ""
                        : "; graph: " + graphs.stream().map(Path::toString).collect(Collectors.joining(", ")))));
        return 0;
    }

    private Exported exported(StoredRun stored) {
        if (!gradient && RunModel.isIn(run)) {
            RunModel kept = RunModel.read(run);
            return new Exported(kept.best(run), kept.card());
        }
        return stored.prepared(experiments, prepared -> {
            ServedModel model = prepared.served()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "The experiment " + stored.name() + " offers no model: export a run of another one"));
            ModelGraph graph = model.graph(
                    gradient ? ServedModel.Functions.PREDICTION_AND_GRADIENT : ServedModel.Functions.PREDICTION);
            return new Exported(RunModel.best(graph, run), model.card(graph));
        });
    }

    /** The first few of them. */
    private static String words(List<TensorSpec> specs) {
        int shown = Math.min(6, specs.size());
        String words = specs.subList(0, shown).stream()
                .map(spec -> spec.name() + " " + ModelSignature.words(spec))
                .collect(Collectors.joining(", "));
        return specs.size() > shown ? words + " and " + (specs.size() - shown) + " more" : words;
    }
}
