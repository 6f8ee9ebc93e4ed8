package dev.odeon.experiments.series;

import dev.odeon.datasets.Parts;
import dev.odeon.datasets.series.Series;
import dev.odeon.datasets.series.Silverbox;

/**
 * Windows of 25 output voltages that are known and 64 that are to be predicted.
 *
 * <p>The steps that train are cut every 5 steps. Of those to forecast the first third validates, the rest tests, cut every 25
 * steps as the authors' code cuts; the rule of the data has no part for validation.
 */
final class SilverboxWindows {

    private static final int LENGTH = 64;
    private static final int TRAINING_STRIDE = 5;
    private static final int STRIDE = 25;

    private SilverboxWindows() {}

    /** The windows of each part. */
    static Parts<SeriesPart> of(Silverbox data) {
        Series later = data.forecast();
        int third = later.length() / 3;
        return new Parts<>(
                part(data.train(), TRAINING_STRIDE),
                part(later.slice(0, third), STRIDE),
                part(later.slice(third, later.length()), STRIDE));
    }

    private static SeriesPart part(Series series, int stride) {
        return SeriesPart.driven(series, SilverboxRecipe.PAST, LENGTH, stride);
    }
}
