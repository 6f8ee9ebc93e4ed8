package dev.odeon.experiments.pde;

import java.util.Random;

/**
 * Smooth periodic states for measurements: sums of five waves of random height and phase, the same for the same sizes.
 *
 * @param points of a state
 * @param amplitude standard deviation of the height of the longest wave; that of the k-th is a k-th of it
 */
public record RandomWaves(int points, double amplitude) {

    private static final int WAVES = 5;

    /** States one after the other: [rows, points]. */
    public double[] states(int rows) {
        Random random = new Random(0);
        double[] states = new double[rows * points];
        for (int row = 0; row < rows; row++) {
            for (int wave = 1; wave <= WAVES; wave++) {
                double height = amplitude * random.nextGaussian() / wave;
                double phase = 2 * Math.PI * random.nextDouble();
                for (int i = 0; i < points; i++) {
                    states[row * points + i] += height * Math.sin(2 * Math.PI * wave * i / points + phase);
                }
            }
        }
        return states;
    }
}
