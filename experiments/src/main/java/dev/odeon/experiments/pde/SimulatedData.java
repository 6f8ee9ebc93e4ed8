package dev.odeon.experiments.pde;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.DatasetsVersion;
import dev.odeon.datasets.Printable;
import dev.odeon.datasets.cache.DataLocator;
import dev.odeon.datasets.cache.HostEnvironment;
import dev.odeon.datasets.pde.Trajectories;
import dev.odeon.datasets.pde.TrajectoryFile;
import dev.odeon.datasets.pde.TrajectoryTable;
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
     * @param kind what the trajectories must be
     * @param simulation makes them
     */
    static TrajectoryTable get(String file, String name, DataKind kind, Supplier<Trajectories> simulation) {
        if (!file.isEmpty()) {
            TrajectoryTable data = kind.read(Path.of(file));
            String assumed = kind.assumed(data);
            if (!assumed.isEmpty()) {
                System.err.println(
                        Printable.line("odeon: " + file + " does not say what it holds; it is taken for: " + assumed));
            }
            return data;
        }
        Path cached = DataLocator.cachedData(HostEnvironment.current())
                .resolve("simulated")
                .resolve(name + "-" + DatasetsVersion.current() + ".arrow");
        if (Files.isRegularFile(cached)) {
            try {
                return kind.read(cached);
            } catch (DataException e) {
                // The program's own file: it can be made again.
                System.err.println("odeon: the simulation kept in the cache is of no use (" + e.getMessage() + ")");
            }
        }
        System.err.println("odeon: simulating " + name + " ...");
        TrajectoryFile.write(simulation.get(), cached);
        return kind.read(cached);
    }
}
