package dev.odeon.experiments.training.session;

import dev.odeon.experiments.training.ExperimentRun;
import dev.odeon.experiments.training.Prediction;
import dev.odeon.models.training.runs.Ending;
import dev.odeon.models.training.runs.EpochRecord;
import dev.odeon.models.training.runs.TrainingResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lines with which a training ends: how far it came, its losses, its error, what it took, how its prediction went if it made
 * one, and where the rest is.
 */
final class RunReport {

    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;

    private RunReport() {}

    /**
     * The lines.
     *
     * @param epochs that were asked for
     * @param wall seconds since the command began
     * @param summary what is told of the run, by name
     * @param run whose headline says how good the model is, and whose ranking says which epoch is best
     * @param out folder of the run
     */
    static List<String> lines(
            TrainingResult result,
            int epochs,
            double wall,
            Map<String, Object> summary,
            ExperimentRun run,
            Optional<Prediction> prediction,
            Path out) {
        List<EpochRecord> done = result.epochs();
        double seconds = done.stream().mapToDouble(EpochRecord::seconds).sum();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: ended %s; %d of %d epochs, %s of iterations on %s; this command took %s",
                summary.get("experiment"),
                result.ending().where(),
                done.size(),
                epochs,
                time(seconds),
                summary.get("device"),
                time(wall)));
        lines.add(done.isEmpty() ? "losses: none, no epoch was finished" : losses(result, run.ranking()));
        lines.add(quality(result, summary, run));
        lines.add(effort(result));
        prediction.ifPresent(told -> lines.add("outcome of the prediction: " + told.outcome() + ", " + told.figures()));
        lines.add(files(out));
        Divergence.caution(done).ifPresent(caution -> lines.add("caution: " + caution));
        prediction.flatMap(Prediction::caution).ifPresent(caution -> lines.add("caution: " + caution));
        return lines;
    }

    private static String losses(TrainingResult result, Optional<String> ranking) {
        EpochRecord best = result.best();
        String losses = String.format(
                Locale.ROOT,
                "losses: training %.4e, validation %.4e; ",
                result.last().trainLoss(),
                result.last().validLoss());
        return losses
                + ranking.map(metric -> String.format(
                                Locale.ROOT,
                                "best epoch %d, by its %s %s; its validation loss %.4e",
                                best.epoch(),
                                metric,
                                number(best.metrics().get(metric)),
                                best.validLoss()))
                        .orElseGet(() -> String.format(
                                Locale.ROOT, "best validation %.4e, of epoch %d", best.validLoss(), best.epoch()));
    }

    private static String quality(TrainingResult result, Map<String, Object> summary, ExperimentRun run) {
        List<String> headline = run.headline();
        Map<String, Double> metrics =
                result.epochs().isEmpty() ? Map.of() : result.best().metrics();
        Map<String, Object> told = new LinkedHashMap<>();
        for (String name : headline) {
            Object value = summary.get(name);
            if (value != null) {
                told.put(name, value);
            }
        }
        told.putAll(metrics);
        String figures = told.entrySet().stream()
                .map(entry -> entry.getKey() + " " + number(entry.getValue()))
                .collect(Collectors.joining(", "));
        if (!told.isEmpty()) {
            boolean explained =
                    !run.explanation().isEmpty() && headline.stream().anyMatch(told::containsKey);
            return "best epoch: " + figures + (explained ? " (" + run.explanation() + ")" : "");
        }
        boolean early = result.ending() instanceof Ending.Interrupted;
        return "best epoch: "
                + (result.epochs().isEmpty()
                        ? "none yet"
                        : early && !headline.isEmpty()
                                ? String.join(", ", headline) + " will be measured at the end of the run"
                                : "nothing but the losses is measured");
    }

    private static String effort(TrainingResult result) {
        int skipped = result.epochs().stream().mapToInt(EpochRecord::skipped).sum();
        String failed = skipped + " failed iterations passed over";
        String outcome = "outcome of the training: "
                + (result.ending() instanceof Ending.Interrupted
                        ? "interrupted, " + (skipped == 0 ? "no failed iteration" : failed) + " so far"
                        : result.outcome() + ", " + failed);
        return result.epochs().isEmpty()
                ? outcome
                : outcome + "; evaluations in an epoch: " + result.last().nfeForward() + " forward, "
                        + result.last().nfeBackward() + " backward, "
                        + result.last().nfeEvaluation()
                        + " to validate";
    }

    private static String files(Path out) {
        try (Stream<Path> entries = Files.list(out)) {
            String pictures = entries.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .map(Path::toString)
                    .collect(Collectors.joining(", "));
            return "pictures: " + (pictures.isEmpty() ? "none" : pictures) + "; all figures: "
                    + out.resolve("summary.json") + ", " + out.resolve("metrics.csv");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The results in " + out + " cannot be listed: look whether the folder is there", e);
        }
    }

    private static String number(@Nullable Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.4g", number) : String.valueOf(value);
    }

    private static String time(double seconds) {
        if (seconds < MINUTE) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < HOUR
                ? whole / MINUTE + " min " + whole % MINUTE + " s"
                : whole / HOUR + " h " + whole % HOUR / MINUTE + " min";
    }
}
