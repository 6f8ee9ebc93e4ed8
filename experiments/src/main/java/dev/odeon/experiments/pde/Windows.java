package dev.odeon.experiments.pde;

import dev.odeon.datasets.pde.Trajectories;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the training and validation windows begin among the rows of all trajectories.
 *
 * @param rows all states, [trajectories times samples][points], row by row
 * @param training first rows of the windows to train on
 * @param validation first rows of those to validate on, of later times or other trajectories
 * @param length intervals in a window
 */
record Windows(double[] rows, List<Integer> training, List<Integer> validation, int length) {

    Windows {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
    }

    /** One trajectory: its first samples train, the later ones validate. */
    static Windows ofTimes(Trajectories data, int trainingSamples, int length) {
        return new Windows(
                data.states(),
                starts(0, trainingSamples - length),
                starts(trainingSamples, data.samples() - length),
                length);
    }

    /** Many trajectories: the first ones train, the others validate. */
    static Windows ofTrajectories(Trajectories data, int trainingTrajectories, int length) {
        List<Integer> training = new ArrayList<>();
        List<Integer> validation = new ArrayList<>();
        for (int i = 0; i < data.count(); i++) {
            int first = i * data.samples();
            (i < trainingTrajectories ? training : validation).addAll(starts(first, first + data.samples() - length));
        }
        return new Windows(data.states(), training, validation, length);
    }

    /** The same without the last training windows. */
    Windows withTrainingLimit(int count) {
        return new Windows(rows, training.subList(0, Math.min(count, training.size())), validation, length);
    }

    private static List<Integer> starts(int from, int to) {
        List<Integer> starts = new ArrayList<>();
        for (int row = from; row < to; row++) {
            starts.add(row);
        }
        return starts;
    }
}
