package dev.odeon.experiments;

import dev.odeon.experiments.classification.ImageExperiment;
import dev.odeon.experiments.classification.PointCloudExperiment;
import dev.odeon.experiments.grand.GrandExperiment;
import dev.odeon.experiments.pde.BurgersExperiment;
import dev.odeon.experiments.pde.KsExperiment;
import dev.odeon.experiments.series.SeriesExperiment;
import dev.odeon.experiments.training.Experiment;
import java.util.List;

/** The experiments that {@code odeon train} offers; a new one is a class and a line here. */
final class Experiments {

    private static final List<Experiment> ALL = List.of(
            new KsExperiment(), //
            new BurgersExperiment(),
            new PointCloudExperiment(),
            ImageExperiment.mnist(),
            ImageExperiment.cifar10(),
            SeriesExperiment.planeVibration(),
            SeriesExperiment.silverbox(),
            SeriesExperiment.walker2d(),
            new GrandExperiment());

    private Experiments() {}

    /** All, in the order of the help. */
    static List<Experiment> all() {
        return ALL;
    }
}
