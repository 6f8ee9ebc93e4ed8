package dev.odeon.experiments.pde;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.DatasetsVersion;
import dev.odeon.datasets.cache.DataLocator;
import dev.odeon.datasets.cache.HostEnvironment;
import dev.odeon.datasets.pde.Trajectories;
import dev.odeon.datasets.pde.TrajectoryFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Trajectories from a file of the user's, from the cache, or simulated and then kept in the cache. */
final class SimulatedData {

    private SimulatedData() {}

    /**
     * The trajectories of an experiment.
     *
     * @param file the user's, or an empty text
     * @param name under which the simulation is kept; tells all its parameters
     * @param points that each state must have
     * @param simulation makes them
     */
    static Trajectories get(String file, String name, int points, Supplier<Trajectories> simulation) {
        if (!file.isEmpty()) {
            return read(Path.of(file), points);
        }
        Path cached = DataLocator.cachedData(HostEnvironment.current())
                .resolve("simulated")
                .resolve(name + "-" + DatasetsVersion.current() + ".arrow");
        if (Files.isRegularFile(cached)) {
            return read(cached, points);
        }
        System.err.println("odeon: simulating " + name + " ...");
        Trajectories simulated = simulation.get();
        TrajectoryFile.write(simulated, cached);
        return simulated;
    }

    private static Trajectories read(Path file, int points) {
        Trajectories data = TrajectoryFile.read(file);
        if (data.points() != points) {
            throw DataException.of(
                    file,
                    "has " + data.points() + " points",
                    points + " points, as --grid says",
                    "give --grid " + data.points() + " or another file");
        }
        return data;
    }
}
