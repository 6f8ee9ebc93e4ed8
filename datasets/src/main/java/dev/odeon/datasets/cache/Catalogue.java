package dev.odeon.datasets.cache;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Nearest;
import dev.odeon.datasets.cache.ContentDigest.Kind;
import dev.odeon.datasets.formats.CsvSeriesFormat;
import dev.odeon.datasets.formats.ImagesFormat;
import dev.odeon.datasets.formats.PatientsFormat;
import dev.odeon.datasets.formats.PlaneFormat;
import dev.odeon.datasets.formats.SilverboxFormat;
import dev.odeon.datasets.formats.WalkerFormat;
import java.util.List;
import java.util.stream.Stream;

/** The public data sets that are known by name, graphs first. */
public final class Catalogue {
    private static final String MNIST = "https://ossci-datasets.s3.amazonaws.com/mnist/";
    private static final String ETT =
            "https://raw.githubusercontent.com/zhouhaoyi/ETDataset/1d16c8f4f943005d613b5bc962e9eeb06058cf07/ETT-small/";
    private static final String UNSTATED = "not stated by the publishers";

    private static final List<KnownDataset> OTHERS = List.of(
            new KnownDataset(
                    "walker2d",
                    "Walker2D: 400 simulated walks of a two-legged robot",
                    UNSTATED,
                    new WalkerFormat(),
                    List.of(KnownFile.packed(
                                    "https://people.csail.mit.edu/mlechner/datasets/walker.zip",
                                    34_700_000,
                                    new ContentDigest(
                                            Kind.MEMBERS,
                                            "2ac824aafa2fc5d1fb81986ebeecf645748f43c317e9c4ae8a2d48ce45103ec6"),
                                    "walker2d/walker.zip")
                            .orAt("walker2d/rollout_000.npy"))),
            new KnownDataset(
                    "plane-vibration",
                    "Plane vibration: an aircraft wing that is shaken",
                    UNSTATED,
                    new PlaneFormat(),
                    List.of(KnownFile.mirrored(
                            3_361_461,
                            "b72a9d063e392570bb20c26f4763232e30262e5914d946e475e67df40880db6d",
                            "vibration/plane_vibration.csv"))),
            new KnownDataset(
                    "silverbox",
                    "Silverbox: an electronic Duffing oscillator",
                    UNSTATED,
                    new SilverboxFormat(),
                    List.of(KnownFile.mirrored(
                            2_649_632,
                            "e7076735427b0b9bbc18a2a43b78022219a76623b15b494be559dc58b0224279",
                            "vibration/silverbox.csv"))),
            new KnownDataset(
                    "physionet2012",
                    "PhysioNet 2012, set A: 4000 stays in intensive care",
                    "ODC-BY 1.0",
                    new PatientsFormat(),
                    List.of(
                            KnownFile.packed(
                                            "https://physionet.org/files/challenge-2012/1.0.0/set-a.tar.gz",
                                            7_000_000,
                                            new ContentDigest(
                                                    Kind.MEMBERS,
                                                    "40f3ad0d056fd61fb4c8348ac72abdc34c2ffe29fa9e463d8d6aef5236ba2e4f"),
                                            "physionet2012/set-a.tar.gz")
                                    .orAt("physionet2012/set-a.tar.xz"),
                            KnownFile.of(
                                    "https://physionet.org/files/challenge-2012/1.0.0/Outcomes-a.txt",
                                    79_219,
                                    "2613ea60ccda29f87571a7d6b09ad130858a8ccd66325bd073365925026883c2",
                                    "physionet2012/Outcomes-a.txt"))),
            new KnownDataset(
                    "mnist",
                    "MNIST: handwritten digits",
                    UNSTATED,
                    new ImagesFormat(ImagesFormat.Source.MNIST),
                    List.of(
                            mnist(
                                    "train-images-idx3-ubyte.gz",
                                    9_912_422,
                                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                            mnist(
                                    "train-labels-idx1-ubyte.gz",
                                    28_881,
                                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
                            mnist(
                                    "t10k-images-idx3-ubyte.gz",
                                    1_648_877,
                                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                            mnist(
                                    "t10k-labels-idx1-ubyte.gz",
                                    4_542,
                                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"))),
            new KnownDataset(
                    "cifar10",
                    "CIFAR-10: small photographs of ten kinds of things",
                    UNSTATED,
                    new ImagesFormat(ImagesFormat.Source.CIFAR10),
                    List.of(KnownFile.of(
                            "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
                            170_052_171,
                            "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
                            "cifar10/cifar-10-binary.tar.gz"))),
            new KnownDataset(
                    "etth1",
                    "ETTh1: temperature and load of a power transformer, hourly",
                    "CC BY-ND 4.0",
                    new CsvSeriesFormat("date"),
                    List.of(KnownFile.of(
                            ETT + "ETTh1.csv",
                            2_589_657,
                            "f18de3ad269cef59bb07b5438d79bb3042d3be49bdeecf01c1cd6d29695ee066",
                            "timeseries/ETTh1.csv"))),
            new KnownDataset(
                    "etth2",
                    "ETTh2: temperature and load of another transformer, hourly",
                    "CC BY-ND 4.0",
                    new CsvSeriesFormat("date"),
                    List.of(KnownFile.of(
                            ETT + "ETTh2.csv",
                            2_417_960,
                            "a3dc2c597b9218c7ce1cd55eb77b283fd459a1d09d753063f944967dd6b9218b",
                            "timeseries/ETTh2.csv"))),
            new KnownDataset(
                    "lynx-hare",
                    "Pelts of lynxes and hares, 1900 to 1920",
                    "BSD (the repository example-models)",
                    new CsvSeriesFormat("Year"),
                    List.of(KnownFile.of(
                            "https://raw.githubusercontent.com/stan-dev/example-models/"
                                    + "2847a61097354785ceda9fba40c7f761d6664491/knitr/lotka-volterra/"
                                    + "hudson-bay-lynx-hare.csv",
                            470,
                            "66d3b24d30221a5654ab48cc461ea1d3f725f8f5719016f702cfb56610b4ee63",
                            "timeseries/hudson-bay-lynx-hare.csv"))));

    private static final List<KnownDataset> ALL =
            Stream.concat(GraphCatalogue.ALL.stream(), OTHERS.stream()).toList();

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
     * @throws DataException if there is none of this name; the message tells the nearest and lists those there are
     */
    public static KnownDataset find(String name) {
        return find(name, ALL);
    }

    /**
     * Finds a data set by its name among some.
     *
     * @param name the name
     * @param known those there are
     * @return the data set
     * @throws DataException if there is none of this name; the message tells the nearest and lists those there are
     */
    public static KnownDataset find(String name, List<KnownDataset> known) {
        List<String> names = known.stream().map(KnownDataset::name).toList();
        return known.stream()
                .filter(dataset -> dataset.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new DataException("data set '" + name + "' is unknown" + Nearest.hint(name, names)
                        + "; expected one of " + String.join(", ", names) + "; check the spelling"));
    }

    private static KnownFile mnist(String file, long bytes, String sha256) {
        return KnownFile.packed(MNIST + file, bytes, new ContentDigest(Kind.UNPACKED, sha256), "mnist/" + file);
    }
}
