package dev.odeon.experiments.training.session;

import dev.odeon.models.training.runs.EpochRecord;
import java.util.Locale;

/**
 * What stands beside a progress bar: the figures of the epoch in progress, and behind them, under its own number, what is known
 * of a finished epoch only. Few digits: a terminal of 80 columns has room for no more.
 */
final class BarText {

    private String finished = "";

    /** After an iteration. */
    String iteration(int epoch, double meanLoss) {
        return String.format(Locale.ROOT, " %d train %.1e%s", epoch, meanLoss, finished);
    }

    /** After the last iteration and the validation of an epoch. */
    String epoch(EpochRecord figures) {
        String valid = String.format(Locale.ROOT, "valid %.1e", figures.validLoss());
        finished = String.format(Locale.ROOT, "; %d %s", figures.epoch(), valid);
        return String.format(Locale.ROOT, " %d train %.1e, %s", figures.epoch(), figures.trainLoss(), valid);
    }
}
