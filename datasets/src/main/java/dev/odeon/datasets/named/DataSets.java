package dev.odeon.datasets.named;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.cache.Catalogue;
import dev.odeon.datasets.cache.DataLocator;
import dev.odeon.datasets.cache.HostEnvironment;
import dev.odeon.datasets.cache.KnownDataset;
import dev.odeon.datasets.formats.DataFormat;
import dev.odeon.datasets.formats.DataKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Data sets by their names, read from where they are: a path, {@code ODEON_DATA}, or the cache.
 *
 * <pre>{@code
 * GraphData cora = DataSets.named("cora", DataKind.GRAPH);
 * Series etth1 = DataSets.usual().withPath(Path.of("ETTh1.csv")).read("etth1", DataKind.SERIES);
 * }</pre>
 *
 * <p>Nothing is downloaded here: {@code ./odeon data fetch NAME} or a {@link dev.odeon.datasets.cache.Fetcher} does that.
 * Immutable.
 */
public final class DataSets {

    private final List<KnownDataset> known;
    private final DataLocator locator;

    private DataSets(List<KnownDataset> known, DataLocator locator) {
        this.known = known;
        this.locator = locator;
    }

    /** {@return those of the catalogue, in the usual places of this machine} */
    public static DataSets usual() {
        return new DataSets(Catalogue.all(), DataLocator.of(HostEnvironment.current()));
    }

    /**
     * Reads a data set of the catalogue from the usual places.
     *
     * @param name its name in the catalogue
     * @param kind what it is
     * @param <D> the type of that
     * @return the data
     * @throws DataException if the name is unknown, belongs to another kind of data, or the files are missing or damaged
     */
    public static <D> D named(String name, DataKind<D> kind) {
        return usual().read(name, kind);
    }

    /**
     * Looks elsewhere.
     *
     * @param other where files are looked for
     * @return the same data sets
     */
    public DataSets withLocator(DataLocator other) {
        return new DataSets(known, Objects.requireNonNull(other, "locator"));
    }

    /**
     * Reads from one path only.
     *
     * @param path a file, or a folder that holds the files
     * @return the same data sets
     */
    public DataSets withPath(Path path) {
        return new DataSets(known, locator.withPath(path));
    }

    /**
     * Adds one of the user's own.
     *
     * @param dataset the data set
     * @return these data sets and the new one
     * @throws IllegalArgumentException if there is one of its name
     */
    public DataSets with(KnownDataset dataset) {
        if (known.stream().anyMatch(each -> each.name().equals(dataset.name()))) {
            throw new IllegalArgumentException(
                    "There is a data set '" + dataset.name() + "' already: give the new one another name");
        }
        List<KnownDataset> more = new ArrayList<>(known);
        more.add(dataset);
        return new DataSets(List.copyOf(more), locator);
    }

    /**
     * The names of one kind.
     *
     * @param kind what is looked for
     * @return the names, in the order of the catalogue
     */
    public List<String> names(DataKind<?> kind) {
        return known.stream()
                .filter(dataset -> dataset.format().kind().equals(kind))
                .map(KnownDataset::name)
                .toList();
    }

    /**
     * Finds a data set.
     *
     * @param name its name
     * @return what is known of it
     * @throws DataException if the name is unknown; the message tells the nearest
     */
    public KnownDataset find(String name) {
        return Catalogue.find(name, known);
    }

    /**
     * Finds the files of a data set.
     *
     * @param dataset the data set
     * @return its files, as {@link DataLocator#findAll} finds them
     * @throws DataException if one is nowhere
     */
    public List<Path> files(KnownDataset dataset) {
        return locator.findAll(dataset);
    }

    /**
     * Reads a data set.
     *
     * @param name its name
     * @param kind what it is
     * @param <D> the type of that
     * @return the data
     * @throws DataException if the name is unknown, belongs to another kind of data, or the files are missing or damaged
     */
    public <D> D read(String name, DataKind<D> kind) {
        KnownDataset dataset = find(name);
        DataFormat<D> format = kind.of(dataset.format())
                .orElseThrow(() -> new DataException("data set '" + name + "' is "
                        + dataset.format().kind() + "; expected " + kind + "; " + choice(kind)));
        return format.read(files(dataset));
    }

    private String choice(DataKind<?> kind) {
        List<String> names = names(kind);
        return names.isEmpty() ? "ask for what it is" : "choose from " + String.join(", ", names);
    }
}
