package dev.odeon.experiments.pde;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.pde.Trajectories;
import dev.odeon.datasets.pde.TrajectoryTable;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the trajectories of an experiment must be.
 *
 * <p>A file says in its metadata which equation was solved with which constants; what it does not say the user has to, and is
 * taken on trust.
 *
 * @param example one sample of the right kind: tells the points, and in its metadata the equation and its constants
 * @param interval between two samples, in units of time
 * @param single whether all samples belong to one trajectory
 */
record DataKind(Trajectories example, double interval, boolean single) {

    private static final String EQUATION = "equation";
    private static final List<String> PHYSICS = List.of(EQUATION, "length", "viscosity");
    /** Exported times may be rounded. */
    private static final double SAME = 1e-6;

    /**
     * Reads a file.
     *
     * @throws DataException if it is damaged or of another kind
     */
    TrajectoryTable read(Path file) {
        TrajectoryTable data = TrajectoryTable.open(file);
        if (data.points() != example.points()) {
            throw DataException.of(
                    file,
                    "has " + data.points() + " points",
                    example.points() + " points, as --grid says",
                    "leave --grid out, or give another file");
        }
        if (single && data.count() != 1) {
            throw DataException.of(
                    file, "has " + data.count() + " trajectories", "a single long one", "give another file");
        }
        requireInterval(file, data.times());
        for (String name : PHYSICS) {
            String expected = example.metadata().get(name);
            String found = data.metadata().get(name);
            if (expected != null && found != null && !same(expected, found)) {
                String remedy = name.equals(EQUATION) ? "" : "leave --" + name + " out, or ";
                throw DataException.of(file, "has the " + name + " " + found, expected, remedy + "give another file");
            }
        }
        return data;
    }

    /** What a file is taken for without saying so itself; an empty text if it says everything. */
    String assumed(TrajectoryTable data) {
        return PHYSICS.stream()
                .filter(name ->
                        example.metadata().containsKey(name) && !data.metadata().containsKey(name))
                .map(name -> name + " " + example.metadata().get(name))
                .collect(Collectors.joining(", "));
    }

    private void requireInterval(Path file, double[] times) {
        for (int i = 1; i < times.length; i++) {
            double found = times[i] - times[i - 1];
            if (Math.abs(found - interval) > SAME * interval) {
                throw DataException.of(
                        file,
                        "has samples " + found + " apart (" + times[i - 1] + " and " + times[i] + ")",
                        "samples at equal intervals, " + interval + " on the average",
                        "sample the trajectory at equal intervals");
            }
        }
    }

    private static boolean same(String expected, String found) {
        if (expected.equals(found)) {
            return true;
        }
        try {
            double number = Double.parseDouble(expected);
            return Math.abs(number - Double.parseDouble(found)) <= SAME * Math.abs(number);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
