package dev.odeon.experiments.pde;

import dev.odeon.datasets.pde.TrajectoryTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the training and validation windows begin among the rows of all trajectories.
 *
 * @param data all states, trajectory by trajectory
 * @param training first rows of the windows to train on
 * @param validation first rows of those to validate on, of later times or other trajectories
 * @param length intervals in a window
 * @param samples rows of one trajectory
 */
record TrainingWindows(
        TrajectoryTable data, List<Integer> training, List<Integer> validation, int length, int samples) {

    TrainingWindows {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
    }

    /** One trajectory: its first samples train, the later ones validate. */
    static TrainingWindows ofTimes(TrajectoryTable data, int trainingSamples, int length) {
        return new TrainingWindows(
                data,
                starts(0, trainingSamples - length),
                starts(trainingSamples, data.samples() - length),
                length,
                data.samples());
    }

    /** Many trajectories: the first ones train, the others validate. */
    static TrainingWindows ofTrajectories(TrajectoryTable data, int trainingTrajectories, int length) {
        List<Integer> training = new ArrayList<>();
        List<Integer> validation = new ArrayList<>();
        for (int i = 0; i < data.count(); i++) {
            int first = i * data.samples();
            (i < trainingTrajectories ? training : validation).addAll(starts(first, first + data.samples() - length));
        }
        return new TrainingWindows(data, training, validation, length, data.samples());
    }

    /** The same without the last training windows. */
    TrainingWindows withTrainingLimit(int count) {
        return new TrainingWindows(
                data, training.subList(0, Math.min(count, training.size())), validation, length, samples);
    }

    /**
     * Unseen rows, evenly spread, after which the trajectory goes on for a number of intervals.
     *
     * @throws IllegalArgumentException if no trajectory is that long
     */
    List<Integer> rolloutStarts(int intervals, int atMost) {
        List<Integer> possible = validation.stream()
                .filter(row -> row % samples + intervals < samples)
                .toList();
        if (possible.isEmpty()) {
            throw new IllegalArgumentException("No unseen trajectory has " + (intervals + 1)
                    + " samples for the final prediction: give longer trajectories");
        }
        int count = Math.min(atMost, possible.size());
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            starts.add(possible.get(i * possible.size() / count));
        }
        return starts;
    }

    private static List<Integer> starts(int from, int to) {
        List<Integer> starts = new ArrayList<>();
        for (int row = from; row < to; row++) {
            starts.add(row);
        }
        return starts;
    }
}
