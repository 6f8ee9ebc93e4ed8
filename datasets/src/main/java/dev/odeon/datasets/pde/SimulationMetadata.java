package dev.odeon.datasets.pde;

import java.util.Map;
import java.util.TreeMap;

/** The settings every simulator writes into its files. */
final class SimulationMetadata {
    private SimulationMetadata() {}

    static Map<String, String> of(Discretisation discretisation, Sampling sampling, long seed) {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("points", Integer.toString(discretisation.points()));
        metadata.put("refinement", Integer.toString(discretisation.refinement()));
        metadata.put("step", Double.toString(discretisation.step()));
        metadata.put("dealiasing", discretisation.dealiasing().name());
        metadata.put("burnIn", Double.toString(sampling.burnIn()));
        metadata.put("interval", Double.toString(sampling.interval()));
        metadata.put("samples", Integer.toString(sampling.samples()));
        metadata.put("seed", Long.toString(seed));
        metadata.put("method", "Fourier pseudo-spectral, ETDRK4, float64");
        return metadata;
    }
}
