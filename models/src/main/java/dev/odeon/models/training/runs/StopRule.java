package dev.odeon.models.training.runs;

import java.util.List;

/**
 * When a run has trained enough, besides its number of epochs.
 *
 * <p>It depends on the epochs alone, so that a resumed run ends where an uninterrupted one does.
 */
@FunctionalInterface
public interface StopRule {

    /** Goes on to the last epoch. */
    StopRule NEVER = epochs -> false;

    /**
     * Whether to stop after these epochs.
     *
     * @param epochs all that are finished, one at least
     */
    boolean stops(List<EpochRecord> epochs);
}
