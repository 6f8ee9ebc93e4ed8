package dev.odeon.experiments.training.session;

import dev.odeon.models.training.runs.EpochRecord;
import dev.odeon.models.training.runs.TrainingListener;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how training goes: a bar where someone is looking, otherwise one line for each epoch. */
final class Progress implements TrainingListener, AutoCloseable {

    private final int epochs;
    private final @Nullable ProgressBar bar;
    private final int batches;
    private final BarText text = new BarText();

    /** @param terminal whether standard error is one */
    Progress(String task, int epochs, int batches, boolean terminal) {
        this.epochs = epochs;
        this.batches = batches;
        this.bar = terminal
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax((long) epochs * batches)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setConsumer(new ConsoleProgressBarConsumer(System.err))
                        .build()
                : null;
    }

    @Override
    public void begin(List<EpochRecord> earlier) {
        if (bar != null) {
            bar.stepTo((long) earlier.size() * batches);
        }
    }

    @Override
    public void iteration(int epoch, int done, int of, double meanLoss) {
        if (bar != null) {
            bar.stepTo((long) (epoch - 1) * of + done);
            bar.setExtraMessage(text.iteration(epoch, meanLoss));
        }
    }

    @Override
    public void epoch(EpochRecord figures) {
        if (bar != null) {
            bar.setExtraMessage(text.epoch(figures));
        } else {
            StringBuilder metrics = new StringBuilder();
            figures.metrics()
                    .forEach((name, value) -> metrics.append(String.format(Locale.ROOT, "  %s %.4f", name, value)));
            if (figures.skipped() > 0) {
                metrics.append("  ").append(figures.skipped()).append(" failed iterations passed over");
            }
            System.err.printf(
                    Locale.ROOT,
                    "epoch %d/%d  train %.3e  valid %.3e%s  %.2f s%n",
                    figures.epoch(),
                    epochs,
                    figures.trainLoss(),
                    figures.validLoss(),
                    metrics,
                    figures.seconds());
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
