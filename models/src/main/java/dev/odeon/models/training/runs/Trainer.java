package dev.odeon.models.training.runs;

import dev.odeon.models.schedules.Moment;
import dev.odeon.models.schedules.Schedule;
import dev.odeon.solvers.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the epochs of a training: iterations, validation, learning rate, checkpoints.
 *
 * <p>A trainer belongs to one run, because its schedule may remember things.
 */
public final class Trainer {

    private final int epochs;
    private final Schedule schedule;
    private final @Nullable RunFolder folder;
    private final TrainingListener listener;
    private final StopRule stop;
    private final OnFailure onFailure;
    private final Interruption interruption;

    private Trainer(
            int epochs,
            Schedule schedule,
            @Nullable RunFolder folder,
            TrainingListener listener,
            StopRule stop,
            OnFailure onFailure,
            Interruption interruption) {
        this.epochs = epochs;
        this.schedule = schedule;
        this.folder = folder;
        this.listener = listener;
        this.stop = stop;
        this.onFailure = onFailure;
        this.interruption = interruption;
    }

    /**
     * A trainer that keeps no checkpoints, trains all epochs, and ends with the first failure.
     *
     * @param epochs of the whole run, at least one
     */
    public static Trainer of(int epochs, Schedule schedule) {
        if (epochs < 1) {
            throw new IllegalArgumentException("The number of epochs is " + epochs + ": give 1 or more");
        }
        return new Trainer(
                epochs, schedule, null, TrainingListener.SILENT, StopRule.NEVER, OnFailure.STOP, Interruption.NEVER);
    }

    /** The same with checkpoints after each epoch, and where a run fails. */
    public Trainer withFolder(RunFolder other) {
        return new Trainer(epochs, schedule, other, listener, stop, onFailure, interruption);
    }

    /** The same with someone who is told how it goes; several join by {@link TrainingListener#all}. */
    public Trainer withListener(TrainingListener other) {
        return new Trainer(epochs, schedule, folder, other, stop, onFailure, interruption);
    }

    /** The same, which may stop before its last epoch. */
    public Trainer withStop(StopRule other) {
        return new Trainer(epochs, schedule, folder, listener, other, onFailure, interruption);
    }

    /** The same with another answer to failed iterations. */
    public Trainer withOnFailure(OnFailure other) {
        return new Trainer(epochs, schedule, folder, listener, stop, other, interruption);
    }

    /** The same, which ends early when it is asked to; with a folder the run can then be resumed. */
    public Trainer withInterruption(Interruption other) {
        return new Trainer(epochs, schedule, folder, listener, stop, onFailure, other);
    }

    /**
     * Trains from the first epoch.
     *
     * @throws IllegalArgumentException if the folder holds a run already
     */
    public TrainingResult start(Trainable trainable) {
        if (folder != null && folder.resumable()) {
            throw new IllegalArgumentException(
                    "The folder holds the checkpoints of a run: resume it, or take another folder");
        }
        return run(trainable, new ArrayList<>(), null);
    }

    /**
     * Goes on after the last finished epoch, or after the last iteration before an interruption; on the CPU the result is that
     * of an uninterrupted run to the bit.
     *
     * <p>A run that failed repeats the epoch in which it did, and fails again in the same place, unless it now passes over
     * failed iterations. One that had stopped stays as it is.
     *
     * @throws IllegalArgumentException if there is no checkpoint, or it is damaged, of an older version or of another model
     */
    public TrainingResult resume(Trainable trainable) {
        if (folder == null) {
            throw new IllegalArgumentException("A run without a folder cannot be resumed: call withFolder first");
        }
        RunState state = folder.restoreLast(trainable);
        schedule.restore(state.schedule());
        return run(trainable, new ArrayList<>(state.epochs()), state.unfinished());
    }

    private TrainingResult run(Trainable trainable, List<EpochRecord> done, @Nullable UnfinishedEpoch unfinished) {
        listener.begin(List.copyOf(done));
        TrainingResult result = new TrainingResult(done, end(trainable, done, unfinished));
        listener.end(result);
        return result;
    }

    private Ending end(Trainable trainable, List<EpochRecord> done, @Nullable UnfinishedEpoch unfinished) {
        UnfinishedEpoch begun = unfinished;
        Pace pace = new Pace(trainable.atOnce());
        while (done.size() < epochs) {
            // Asked at the end of an epoch, not in the middle of one that goes on.
            if (begun == null && !done.isEmpty() && stop.stops(List.copyOf(done))) {
                return new Ending.Stopped(done.size());
            }
            if (begun == null && interruption.requested()) {
                return new Ending.Interrupted(done.size() + 1, 0);
            }
            Ending ending = epoch(trainable, done, begun, pace);
            begun = null;
            if (ending != null) {
                if (folder != null && !(ending instanceof Ending.Interrupted)) {
                    folder.saveFailed(trainable, new RunState(done, schedule.state(), null));
                }
                return ending;
            }
        }
        return new Ending.Finished();
    }

    /** Null unless the run failed or was interrupted. */
    private @Nullable Ending epoch(
            Trainable trainable, List<EpochRecord> done, @Nullable UnfinishedEpoch begun, Pace pace) {
        int epoch = done.size() + 1;
        int allowed =
                onFailure.skips() - done.stream().mapToInt(EpochRecord::skipped).sum();
        int batches = trainable.batches();
        UnfinishedEpoch sums =
                begun == null ? UnfinishedEpoch.begun(schedule.rate(new Moment(epoch, 0, batches, epochs))) : begun;
        double earlier = sums.seconds();
        long begin = System.nanoTime();
        while (sums.iterations() < batches) {
            int first = sums.iterations();
            double[] rates = rates(epoch, first, pace.next(batches - first), batches);
            long started = System.nanoTime();
            List<Iteration> iterations = trainable.train(epoch, first, rates);
            pace.took(iterations.size(), secondsSince(started));
            for (int i = 0; i < iterations.size(); i++) {
                int batch = first + i;
                Iteration iteration = iterations.get(i);
                listener.iteration(new Moment(epoch, batch, batches, epochs), rates[i], iteration);
                Outcome outcome = iteration.verdict();
                if (outcome != Outcome.SUCCESS) {
                    if (sums.skipped() >= allowed) {
                        return new Ending.FailedIteration(epoch, batch, outcome);
                    }
                    trainable.passOver(epoch, batch, rates[i]);
                }
                sums = sums.with(iteration);
                listener.iteration(epoch, batch + 1, batches, sums.meanLoss());
            }
            if (interruption.requested()) {
                if (folder != null) {
                    UnfinishedEpoch kept = sums.withSeconds(earlier + secondsSince(begin));
                    folder.saveInterrupted(trainable, new RunState(done, schedule.state(), kept), sums.iterations());
                }
                return new Ending.Interrupted(epoch, sums.iterations());
            }
        }
        sums = sums.withSeconds(earlier + secondsSince(begin));
        Evaluation evaluation = trainable.evaluate();
        if (evaluation.verdict() != Outcome.SUCCESS) {
            // Before anything is remembered: a resumed run goes on from the last epoch that was good.
            return new Ending.FailedValidation(epoch, evaluation.verdict());
        }
        EpochRecord figures = sums.finished(epoch, evaluation);
        schedule.observe(figures.validLoss());
        done.add(figures);
        if (folder != null) {
            folder.save(trainable, new RunState(done, schedule.state(), null));
        }
        listener.epoch(figures);
        return null;
    }

    /** The learning rates of some iterations: within an epoch a schedule learns nothing new. */
    private double[] rates(int epoch, int first, int count, int batches) {
        double[] rates = new double[count];
        for (int i = 0; i < count; i++) {
            rates[i] = schedule.rate(new Moment(epoch, first + i, batches, epochs));
        }
        return rates;
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
