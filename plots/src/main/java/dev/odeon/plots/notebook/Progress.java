package dev.odeon.plots.notebook;

import dev.odeon.models.training.runs.EpochRecord;
import dev.odeon.models.training.runs.TrainingListener;
import dev.odeon.models.training.runs.TrainingResult;
import java.io.PrintStream;
import java.util.Locale;

/**
 * One line that says how far a long cell is, written over itself.
 *
 * <p>The line that is left at the end tells no time, so that a cell which is run again leaves the same.
 */
public final class Progress implements TrainingListener {

    private static final long NANOS_BETWEEN = 250_000_000;

    private final String what;
    private final int total;
    private final PrintStream out;
    private long shown = System.nanoTime() - NANOS_BETWEEN;
    private int longest;

    Progress(String what, int total, PrintStream out) {
        if (total < 1) {
            throw new IllegalArgumentException("The progress of " + what + " has " + total + " parts: give 1 or more");
        }
        this.what = what;
        this.total = total;
        this.out = out;
    }

    /**
     * Says how much is done, at most four times a second, and in any case when all is.
     *
     * @param done parts, from 0 to the total
     * @param figures what else to say, such as a loss; may be empty
     */
    public void at(int done, String figures) {
        long now = System.nanoTime();
        if (done < total && now - shown < NANOS_BETWEEN) {
            return;
        }
        shown = now;
        line(what + ": " + done + " of " + total + (figures.isEmpty() ? "" : ", " + figures));
        if (done >= total) {
            out.println();
            longest = 0;
        }
    }

    private void line(String text) {
        // Spaces cover what a longer line left.
        out.print("\r" + text + " ".repeat(Math.max(0, longest - text.length())));
        out.flush();
        longest = text.length();
    }

    @Override
    public void epoch(EpochRecord figures) {
        at(
                figures.epoch(),
                String.format(Locale.ROOT, "loss %.3g, validation %.3g", figures.trainLoss(), figures.validLoss()));
    }

    @Override
    public void end(TrainingResult result) {
        int done = result.epochs().size();
        if (done < total) {
            out.println();
            out.println(what + " ended after " + done + " of " + total + ": " + result.ending());
        }
    }
}
