package dev.odeon.datasets.cache;

import dev.odeon.datasets.cache.ContentDigest.Kind;
import dev.odeon.datasets.formats.GraphFormat;
import java.util.List;

/**
 * The graphs among the public data sets.
 *
 * <p>The .npz archives come from the collection of O. Shchur, M. Mumme, A. Bojchevski, S. Guennemann, Pitfalls of graph
 * neural network evaluation, 2018; the planetoid files from Z. Yang, W. Cohen, R. Salakhutdinov, Revisiting
 * semi-supervised learning with graph embeddings, 2016; ogbn-arxiv from W. Hu and others, Open graph benchmark, 2020. The
 * counts are those that papers print, see {@link dev.odeon.datasets.formats.GraphCounts}.
 */
final class GraphCatalogue {
    private static final String NPZ = "https://github.com/shchur/gnn-benchmark/raw/master/data/npz/";
    private static final String PLANETOID = "https://github.com/kimiyoung/planetoid/raw/master/data/";

    private static final String GNN_BENCHMARK = "MIT (the collection gnn-benchmark)";

    static final List<KnownDataset> ALL = List.of(
            graph(
                    "cora",
                    "Cora: citations between papers on machine learning",
                    GraphFormat.of(2485, 5069, 1433, 7),
                    "cora.npz",
                    540_580,
                    "068e22d90c3849b4057dfb05851741428992af058efcd4e7ebb4186f3d581de2",
                    "377f6cb03d08fb88fd07afa093450b9cc2edd7eedc910bd67f9db353e9e3c70a",
                    "graphs/cora.npz"),
            graph(
                    "citeseer",
                    "CiteSeer: citations between papers on computer science",
                    GraphFormat.of(2110, 3668, 3703, 6),
                    "citeseer.npz",
                    1_348_784,
                    "280278b21b434c047922e8389518861416fb3ad39389c27865ff0e6bbb0aaab7",
                    "4256da41bba60de940a0da46a9f3ec0bec36397dc5717dfa99ea9c38fadc87fe",
                    "graphs/citeseer.npz"),
            graph(
                    "coauthor-cs",
                    "Coauthor CS: authors in computer science who wrote together",
                    GraphFormat.of(18_333, 81_894, 6805, 15),
                    "ms_academic_cs.npz",
                    2_631_658,
                    "ca5cf5dea6a76932ebcda0665ee103c0a764bfdffc393c6b5322714356eb094e",
                    "5261a20d1055aa5fbcff964fb6de9c50ea58368d0b847054135b856e710d7572",
                    "graphs/coauthor_cs.npz"),
            graph(
                    "photo",
                    "Amazon Photo: goods that are bought together",
                    GraphFormat.of(7487, 119_043, 745, 8),
                    "amazon_electronics_photo.npz",
                    1_766_233,
                    "514ab1a408458620872ef63770f2b7151391697b6a778d2299d6a67a68f00990",
                    "5f5f554f2318a13a34b388add11794e28e741cc2ad258455370ebeae8e1a0ac0",
                    "graphs/amazon_photo.npz"),
            new KnownDataset(
                    "computers",
                    "Amazon Computers: goods that are bought together",
                    GNN_BENCHMARK,
                    GraphFormat.of(13_381, 245_778, 767, 10),
                    List.of(KnownFile.unverified(
                            NPZ + "amazon_electronics_computers.npz",
                            3_300_000,
                            Kind.GRAPH,
                            "graphs/amazon_computers.npz"))),
            new KnownDataset(
                    "planetoid-cora",
                    "Cora as first published, with its public split",
                    "MIT (the repository planetoid)",
                    GraphFormat.of(2485, 5069, 1433, 7),
                    List.of(
                            planetoid(
                                    "cora.graph",
                                    59_847,
                                    "58f13302f39dde8852dad6fe6d15b89b077b6d7f837626bce671ef80344b383d"),
                            planetoid(
                                    "cora.x",
                                    22_119,
                                    "23cfa55d91c6f624233f5eb7b6e3f141f1bd2b2ae39608a63cf5d084bb27baab"),
                            planetoid(
                                    "cora.y", 4054, "94465c14eb53e04ca262198dcbb2521ee8af60fb3f3d546cd6ca24a511b0e7d1"),
                            planetoid(
                                    "cora.tx",
                                    148_025,
                                    "b9afbaa4a400df991f6f02ef677e1e44da55ffc04801fd02f9e673987829226a"),
                            planetoid(
                                    "cora.ty",
                                    28_135,
                                    "41f5ac76596a1699cc33f53084a2419e92961c42bb75f36fc38e616d348532ad"),
                            planetoid(
                                    "cora.allx",
                                    257_305,
                                    "9419ba2f26f5c35243db64aba110e0f35a04851609e0dc5433450676ca6b8543"),
                            planetoid(
                                    "cora.ally",
                                    47_959,
                                    "2b998f5cc7fedc86e7f97ca2498f47a1ffc1462c29e2d578b23bf3f62b6e7d71"),
                            planetoid(
                                    "cora.test.index",
                                    5000,
                                    "297ce89af2b51a6a194181c7dbe1796c6a1cf9cd9349a88383b1b1e227867875"))),
            new KnownDataset(
                    "planetoid-citeseer",
                    "CiteSeer as first published, with its public split",
                    "MIT (the repository planetoid)",
                    GraphFormat.of(2120, 3679, 3703, 6),
                    List.of(
                            planetoid(
                                    "citeseer.graph",
                                    61_987,
                                    "d79a4ef9d3e7169aee8946145f6b7306e35bc79bffad26346cfb94e10e9912a7"),
                            planetoid(
                                    "citeseer.x",
                                    31_087,
                                    "d20de19150741e555de0ed037195630fc194114ebc7fd72ced62810148aa22f6"),
                            planetoid(
                                    "citeseer.y",
                                    3014,
                                    "8ba87e515d8e3ee3cf52f6d2c5b86aa73f11ecad825a808455209ec26cd54924"),
                            planetoid(
                                    "citeseer.tx",
                                    260_321,
                                    "539a8906a2da97628d212f2fdd668c109a8b3f0d36574b59e5d3fd5b5303da21"),
                            planetoid(
                                    "citeseer.ty",
                                    24_135,
                                    "55e5bd1ba1e733a04598753ad1a8d57957f4b8f89e74519f41f4f4938767e4ce"),
                            planetoid(
                                    "citeseer.allx",
                                    595_021,
                                    "2ac30345d95c9ec933a817ee0bdd6a5f077f8c184a20e696910192d534414668"),
                            planetoid(
                                    "citeseer.ally",
                                    55_623,
                                    "f704b2d986dde6c2669934de1f3ae5696a6cf9455c0f6b2646a2d135ea0a1c95"),
                            planetoid(
                                    "citeseer.test.index",
                                    5000,
                                    "2af990671580b6b2df5d158d1038f8292e30c9cd821b5453f399659b25b723d4"))),
            new KnownDataset(
                    "planetoid-pubmed",
                    "PubMed as first published, with its public split",
                    "MIT (the repository planetoid)",
                    GraphFormat.of(19_717, 44_324, 500, 3),
                    List.of(
                            planetoid(
                                    "pubmed.graph",
                                    471_808,
                                    "5b89f0036ca22909471f1e6558eb42fa06e0c730a577bde5b058b40638f81dc9"),
                            planetoid(
                                    "pubmed.x",
                                    23_172,
                                    "fbe9cb5c47200d1b7769a26e579be3b7130b556831f9d850e77c4c74f2599b33"),
                            planetoid(
                                    "pubmed.y",
                                    854,
                                    "e6c807633307a07ed659249006536a147c7999c797f11a2560752990181b41b3"),
                            planetoid(
                                    "pubmed.tx",
                                    405_505,
                                    "4eb5f5d0f30f26497eb0ac6ac9719d09c67e284f1ed0385c93f3ef27a671da3d"),
                            planetoid(
                                    "pubmed.ty",
                                    12_135,
                                    "ee2e0d4819d9fbcc403689c3bf2e49face401b605932f093bc58ab6461130fdd"),
                            planetoid(
                                    "pubmed.allx",
                                    7_578_385,
                                    "508e538e2abdccdd54c4d3e9f49d638b4af7107d85845f66ddea5a5152658b7e"),
                            planetoid(
                                    "pubmed.ally",
                                    224_739,
                                    "0c37bbe3b5014ec365e9d393cf4791925e5ed94fb194305d74f064a8d7b50f0e"),
                            planetoid(
                                    "pubmed.test.index",
                                    6000,
                                    "b101d421688bbaecbd82e8a18f1e282378d6830f3a37666f28ebc47f844341b5"))),
            new KnownDataset(
                    "ogbn-arxiv",
                    "ogbn-arxiv: citations between papers on computer science, 169343 nodes",
                    "ODC-BY",
                    GraphFormat.ofStored(169_343, 1_166_243, 128, 40),
                    List.of(KnownFile.of(
                            "https://snap.stanford.edu/ogb/data/nodeproppred/arxiv.zip",
                            83_058_288,
                            "49f85c801589ecdcc52cfaca99693aaea7b8af16a9ac3f41dd85a5f3193fe276",
                            "graphs/arxiv.zip"))));

    private GraphCatalogue() {}

    private static KnownDataset graph(
            String name,
            String title,
            GraphFormat format,
            String file,
            long bytes,
            String sha256,
            String graphSha256,
            String location) {
        return new KnownDataset(
                name,
                title,
                GNN_BENCHMARK,
                format,
                List.of(KnownFile.ofEither(
                        NPZ + file, bytes, sha256, new ContentDigest(Kind.GRAPH, graphSha256), location)));
    }

    private static KnownFile planetoid(String file, long bytes, String sha256) {
        return KnownFile.of(PLANETOID + "ind." + file, bytes, sha256, "graphs/planetoid/ind." + file);
    }
}
