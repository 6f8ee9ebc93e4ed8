package dev.odeon.datasets.cache;

import dev.odeon.datasets.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the file of a data set among the places where it may be.
 *
 * <p>In this order: the path the user gave; the folder in the environment variable {@code ODEON_DATA}; the cache, where
 * {@link Fetcher} puts what it downloads. Both folders are laid out alike, for example {@code graphs/cora.npz}. A path that
 * the user gave is never passed over: if it leads nowhere, that is an error.
 */
public final class DataLocator {
    /** The environment variable that names a folder of data. */
    public static final String VARIABLE = "ODEON_DATA";

    private final HostEnvironment environment;
    private final Optional<Path> given;

    private DataLocator(HostEnvironment environment, Optional<Path> given) {
        this.environment = Objects.requireNonNull(environment, "environment");
        this.given = given;
    }

    /** {@return a locator that looks into {@code ODEON_DATA} and the cache} */
    public static DataLocator of(HostEnvironment environment) {
        return new DataLocator(environment, Optional.empty());
    }

    /**
     * Prefers a path to all other places.
     *
     * @param path a file, or a folder that holds the file, either directly or laid out as a data folder
     * @return a locator that looks nowhere else
     */
    public DataLocator withPath(Path path) {
        return new DataLocator(environment, Optional.of(path));
    }

    /** {@return where the cache keeps data, a folder that need not exist yet} */
    public static Path cachedData(HostEnvironment environment) {
        return CacheFolder.of(environment).resolve("data");
    }

    /**
     * Finds the first file of a data set.
     *
     * @param dataset what to look for
     * @return an existing file, or a folder of Arrow tables if the user gave one
     * @throws DataException if it is nowhere; the message says how to get it
     */
    public Path find(KnownDataset dataset) {
        KnownFile first = dataset.files().get(0);
        return given.map(path -> findGiven(dataset, first, path)).orElseGet(() -> findUsual(dataset, first));
    }

    /**
     * Finds all files of a data set.
     *
     * @param dataset what to look for
     * @return the files, in the order of the data set. A folder that the user gave must hold them all, or it is one of
     *     Arrow tables and stands for all; a file that the user gave stands for the first, and the others are looked for
     *     beside it, then in the usual places
     * @throws DataException if one is nowhere; the message says how to get it
     */
    public List<Path> findAll(KnownDataset dataset) {
        List<Path> paths = new ArrayList<>();
        paths.add(find(dataset));
        if (given.isPresent() && given.get().equals(paths.get(0)) && Files.isDirectory(paths.get(0))) {
            return paths;
        }
        for (KnownFile file : dataset.files().subList(1, dataset.files().size())) {
            paths.add(given.map(path -> findOther(dataset, file, path)).orElseGet(() -> findUsual(dataset, file)));
        }
        return paths;
    }

    private Path findOther(KnownDataset dataset, KnownFile file, Path path) {
        if (Files.isDirectory(path)) {
            return findGiven(dataset, file, path);
        }
        Path beside = path.resolveSibling(fileName(file.location()));
        return Files.isRegularFile(beside) ? beside : findUsual(dataset, file);
    }

    private static Path findGiven(KnownDataset dataset, KnownFile file, Path path) {
        if (Files.isRegularFile(path)) {
            return path;
        }
        if (!Files.isDirectory(path)) {
            throw DataException.of(path, "no such file or folder", "the data of " + dataset.name(), "check the path");
        }
        for (String place : places(file)) {
            for (Path candidate : new Path[] {path.resolve(place), path.resolve(fileName(place))}) {
                if (Files.isRegularFile(candidate)) {
                    return candidate;
                }
            }
        }
        if (file.equals(dataset.files().get(0)) && Files.isRegularFile(path.resolve("nodes.arrow"))) {
            return path;
        }
        throw DataException.of(
                path, "no data of " + dataset.name(), file.location() + " in it", "give the file itself");
    }

    private static String fileName(String place) {
        return place.substring(place.lastIndexOf('/') + 1);
    }

    private static List<String> places(KnownFile file) {
        List<String> places = new ArrayList<>();
        places.add(file.location());
        places.addAll(file.alternatives());
        return places;
    }

    private Path findUsual(KnownDataset dataset, KnownFile file) {
        List<Path> looked = new ArrayList<>();
        Optional<Path> folder = environment.variable(VARIABLE).map(Path::of);
        if (folder.isPresent() && !Files.isDirectory(folder.get())) {
            throw DataException.of(
                    folder.get(), "no such folder", "the folder in " + VARIABLE, "correct or unset " + VARIABLE);
        }
        for (String place : places(file)) {
            folder.ifPresent(path -> looked.add(path.resolve(place)));
        }
        for (String place : places(file)) {
            looked.add(cachedData(environment).resolve(place));
        }
        return looked.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new DataException("data set '" + dataset.name() + "' is not here; expected "
                        + String.join(
                                " or ", looked.stream().map(Path::toString).toList()) + "; run ./odeon data fetch "
                        + dataset.name() + " or give --data FILE"));
    }
}
