package dev.odeon.experiments.serving;

import dev.odeon.datasets.Printable;
import dev.odeon.datasets.arrow.ArrowBatchWriter;
import dev.odeon.datasets.arrow.ArrowTable;
import dev.odeon.experiments.training.session.TrainingSession;
import dev.odeon.graph.export.ModelSignature;
import dev.odeon.graph.export.Outputs;
import dev.odeon.models.serving.Model;
import dev.odeon.models.serving.Models;
import dev.odeon.models.serving.ServedModel;
import dev.odeon.solvers.Outcome;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.tensorflow.Tensor;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code odeon predict}: a model over the rows of an Arrow file, batch by batch in the memory of one batch. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Predict from the rows of an Arrow file by a model of odeon train or odeon export.")
public final class Predict implements Callable<Integer> {

    @Option(
            names = "--model",
            required = true,
            description = "Folder of a SavedModel, or of a training, whose best epoch is taken.")
    private Path model = Path.of("");

    @Option(
            names = "--input",
            required = true,
            description = "Arrow file with a column for each input of the model, under its name; others are not read.")
    private Path input = Path.of("");

    @Option(
            names = "--output",
            required = true,
            description =
                    "Arrow file to write, with a column for each output; an existing one is replaced when the new one is"
                            + " complete.")
    private Path output = Path.of("");

    @Option(
            names = "--batch",
            defaultValue = "256",
            description = "Rows in memory at once; a model of a fixed number of rows takes as many.")
    private String batch = "256";

    @Override
    public Integer call() {
        int wanted = rows(batch);
        try (Model loaded = Models.load(model)) {
            ModelSignature signature = loaded.signature();
            ArrowTable table = ArrowTable.open(input);
            List<InputColumn> columns = signature.inputs().stream()
                    .map(spec -> InputColumn.of(table, spec))
                    .toList();
            int fixed = InputColumn.fixedRows(table, signature);
            int size = fixed > 0 ? fixed : wanted;
            Failures failures = new Failures();
            try (ArrowBatchWriter writer = ArrowBatchWriter.to(output)) {
                for (int first = 0; first < table.rows(); first += size) {
                    int count = Math.min(size, table.rows() - first);
                    predict(
                            loaded,
                            columns,
                            writer,
                            IntStream.range(first, first + count).toArray(),
                            failures);
                }
                writer.finish();
            }
            System.out.println(Printable.line(table.rows() + " rows predicted: " + output));
            failures.tell(table.rows());
            return failures.any() ? TrainingSession.UNSTABLE : 0;
        }
    }

    private static int rows(String text) {
        if (!text.matches("0*[1-9][0-9]{0,7}")) {
            throw new IllegalArgumentException("--batch is " + text + ": give a whole number from 1 to 99999999");
        }
        return Integer.parseInt(text);
    }

    private static void predict(
            Model model, List<InputColumn> columns, ArrowBatchWriter writer, int[] rows, Failures failures) {
        Map<String, Tensor> fed = new LinkedHashMap<>();
        try {
            columns.forEach(column -> fed.put(column.name(), column.rows(rows)));
            try (Outputs outputs = model.predict(fed)) {
                write(outputs, writer, rows.length, failures);
            }
        } finally {
            fed.values().forEach(Tensor::close);
        }
    }

    /** A number that the whole batch shares is written for each of its rows. */
    private static void write(Outputs outputs, ArrowBatchWriter writer, int rows, Failures failures) {
        Map<String, TType> columns = new LinkedHashMap<>();
        try (TInt32 codes = failures.codes(outputs, rows)) {
            for (String name : outputs.names()) {
                columns.put(name, name.equals(ServedModel.OUTCOME) ? codes : (TType) outputs.tensor(name));
            }
            writer.write(columns);
        }
    }

    /** The rows whose solve failed. */
    private static final class Failures {
        private int count;
        private Outcome first = Outcome.SUCCESS;

        /** The outcome of each row; zeros where the model tells none. */
        TInt32 codes(Outputs outputs, int rows) {
            int[] codes = new int[rows];
            if (outputs.names().contains(ServedModel.OUTCOME)) {
                List<Outcome> each = Outcome.each(outputs.tensor(ServedModel.OUTCOME));
                for (int i = 0; i < rows; i++) {
                    Outcome outcome = each.size() == 1 ? each.get(0) : each.get(i);
                    codes[i] = outcome.code();
                    if (!outcome.successful()) {
                        first = count == 0 ? outcome : first;
                        count++;
                    }
                }
            }
            return TInt32.vectorOf(codes);
        }

        boolean any() {
            return count > 0;
        }

        void tell(int rows) {
            if (any()) {
                System.err.println(Printable.line("odeon: the solves of " + count + " of " + rows
                        + " rows failed, see the column " + ServedModel.OUTCOME + "; the first ended with " + first
                        + ": "
                        + first.advice()));
            }
        }
    }
}
