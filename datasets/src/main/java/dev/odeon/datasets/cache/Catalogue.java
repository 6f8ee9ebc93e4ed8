package dev.odeon.datasets.cache;

import dev.odeon.datasets.DataException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The public data sets that can be downloaded by name.
 *
 * <p>All graphs come from the collection of O. Shchur, M. Mumme, A. Bojchevski, S. Guennemann, Pitfalls of graph neural
 * network evaluation, 2018.
 */
public final class Catalogue {
    private static final String GRAPHS = "https://github.com/shchur/gnn-benchmark/raw/master/data/npz/";
    private static final String GRAPHS_LICENCE = "MIT (the collection gnn-benchmark)";

    private static final List<KnownDataset> ALL = List.of(
            graph(
                    "cora",
                    "Cora: citations between papers on machine learning",
                    "cora.npz",
                    540_580,
                    "068e22d90c3849b4057dfb05851741428992af058efcd4e7ebb4186f3d581de2",
                    "377f6cb03d08fb88fd07afa093450b9cc2edd7eedc910bd67f9db353e9e3c70a",
                    "graphs/cora.npz"),
            graph(
                    "citeseer",
                    "CiteSeer: citations between papers on computer science",
                    "citeseer.npz",
                    1_348_784,
                    "280278b21b434c047922e8389518861416fb3ad39389c27865ff0e6bbb0aaab7",
                    "4256da41bba60de940a0da46a9f3ec0bec36397dc5717dfa99ea9c38fadc87fe",
                    "graphs/citeseer.npz"),
            graph(
                    "coauthor-cs",
                    "Coauthor CS: authors in computer science who wrote together",
                    "ms_academic_cs.npz",
                    2_631_658,
                    "ca5cf5dea6a76932ebcda0665ee103c0a764bfdffc393c6b5322714356eb094e",
                    "5261a20d1055aa5fbcff964fb6de9c50ea58368d0b847054135b856e710d7572",
                    "graphs/coauthor_cs.npz"),
            graph(
                    "photo",
                    "Amazon Photo: goods that are bought together",
                    "amazon_electronics_photo.npz",
                    1_766_233,
                    "514ab1a408458620872ef63770f2b7151391697b6a778d2299d6a67a68f00990",
                    "5f5f554f2318a13a34b388add11794e28e741cc2ad258455370ebeae8e1a0ac0",
                    "graphs/amazon_photo.npz"));

    private Catalogue() {}

    /** {@return all data sets} */
    public static List<KnownDataset> all() {
        return ALL;
    }

    /**
     * Finds a data set by its name.
     *
     * @param name the name, for example {@code cora}
     * @return the data set
     * @throws DataException if there is none of this name; the message lists those there are
     */
    public static KnownDataset find(String name) {
        return ALL.stream()
                .filter(dataset -> dataset.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new DataException("data set '" + name + "' is unknown; expected one of "
                        + ALL.stream().map(KnownDataset::name).collect(Collectors.joining(", "))
                        + "; check the spelling"));
    }

    private static KnownDataset graph(
            String name, String title, String file, long bytes, String sha256, String graphSha256, String location) {
        return new KnownDataset(
                name,
                title,
                URI.create(GRAPHS + file),
                bytes,
                sha256,
                Optional.of(graphSha256),
                GRAPHS_LICENCE,
                location);
    }
}
