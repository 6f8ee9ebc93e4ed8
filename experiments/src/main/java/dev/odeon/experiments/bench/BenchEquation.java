package dev.odeon.experiments.bench;

import dev.odeon.experiments.pde.Surrogate;
import dev.odeon.graph.layers.Mlp;

/** The equations that are measured, by their names on the command line. */
enum BenchEquation {
    ks(2) {
        @Override
        Surrogate surrogate(int points, Mlp.Initialization initialization) {
            return Surrogate.kuramotoSivashinsky(points, initialization);
        }
    },
    burgers(1) {
        @Override
        Surrogate surrogate(int points, Mlp.Initialization initialization) {
            return Surrogate.burgers(points, initialization);
        }
    };

    private final double amplitude;

    BenchEquation(double amplitude) {
        this.amplitude = amplitude;
    }

    abstract Surrogate surrogate(int points, Mlp.Initialization initialization);

    /** The standard deviation of the largest wave in its states. */
    double amplitude() {
        return amplitude;
    }
}
