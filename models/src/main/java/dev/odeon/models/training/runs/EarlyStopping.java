package dev.odeon.models.training.runs;

import java.util.List;

/**
 * Stops when no epoch has been better than all before it for a number of epochs in a row.
 *
 * <p>An epoch is better if its criterion fell, or if it equals the best and the validation loss fell: an accuracy takes few
 * values, and stays equal over many epochs in which the model still learns.
 *
 * <p>The best epoch is kept by {@link RunFolder} and told by {@link TrainingResult#best()}.
 *
 * @param patience so many epochs without an improvement end the run, one or more
 * @param least by which the criterion, or among equal criteria the validation loss, must fall to count as an improvement, not
 *     negative
 */
public record EarlyStopping(int patience, double least) implements StopRule {

    public EarlyStopping {
        if (patience < 1) {
            throw new IllegalArgumentException("The patience is " + patience + ": give 1 epoch or more");
        }
        if (!(least >= 0) || Double.isInfinite(least)) {
            throw new IllegalArgumentException(
                    "The least improvement is " + least + ": give a finite number that is not negative");
        }
    }

    /** Any improvement counts. */
    public EarlyStopping(int patience) {
        this(patience, 0);
    }

    @Override
    public boolean stops(List<EpochRecord> epochs) {
        double best = Double.POSITIVE_INFINITY;
        double loss = Double.POSITIVE_INFINITY;
        int waited = 0;
        for (EpochRecord epoch : epochs) {
            boolean tied = epoch.criterion() == best;
            if (epoch.criterion() < best - least || (tied && epoch.validLoss() < loss - least)) {
                best = epoch.criterion();
                loss = epoch.validLoss();
                waited = 0;
            } else {
                waited++;
            }
        }
        return waited >= patience;
    }
}
