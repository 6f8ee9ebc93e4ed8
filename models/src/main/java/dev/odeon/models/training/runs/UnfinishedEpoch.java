package dev.odeon.models.training.runs;

/**
 * How far an epoch had come when its run was interrupted.
 *
 * @param iterations of the epoch that are done, failed ones among them
 * @param learningRate of its first iteration
 * @param loss of its good iterations, each times its weight, summed
 * @param weight of its good iterations, summed
 * @param skipped iterations that failed and were passed over
 * @param nfeForward evaluations of the nonlinear part
 * @param nfeBackward those of the gradients
 * @param seconds of the iterations
 */
record UnfinishedEpoch(
        int iterations,
        double learningRate,
        double loss,
        double weight,
        int skipped,
        long nfeForward,
        long nfeBackward,
        double seconds) {

    /** At its beginning. */
    static UnfinishedEpoch begun(double learningRate) {
        return new UnfinishedEpoch(0, learningRate, 0, 0, 0, 0, 0, 0);
    }

    /** After another iteration that did not end the run; a failed one counts as passed over. */
    UnfinishedEpoch with(Iteration iteration) {
        boolean good = iteration.verdict().successful();
        double counted = good ? iteration.weight() : 0;
        return new UnfinishedEpoch(
                iterations + 1,
                learningRate,
                good ? loss + counted * iteration.loss() : loss,
                weight + counted,
                good ? skipped : skipped + 1,
                nfeForward + iteration.nfeForward(),
                nfeBackward + iteration.nfeBackward(),
                seconds);
    }

    /** After some time. */
    UnfinishedEpoch withSeconds(double all) {
        return new UnfinishedEpoch(iterations, learningRate, loss, weight, skipped, nfeForward, nfeBackward, all);
    }

    /** The mean loss so far; not a number if all iterations were passed over. */
    double meanLoss() {
        return loss / weight;
    }

    /**
     * The figures of the whole epoch.
     *
     * @throws IllegalArgumentException if its good iterations weigh nothing together
     */
    EpochRecord finished(int epoch, Evaluation evaluation) {
        if (iterations > skipped && weight == 0) {
            throw new IllegalArgumentException("The iterations of epoch " + epoch
                    + " weigh 0 together, so that nothing is learned: give batches whose weight is not 0");
        }
        return new EpochRecord(
                epoch,
                learningRate,
                meanLoss(),
                evaluation.loss(),
                evaluation.criterion(),
                iterations,
                nfeForward,
                nfeBackward,
                evaluation.nfe(),
                seconds,
                skipped,
                evaluation.metrics());
    }
}
