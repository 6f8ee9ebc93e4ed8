/** Arrow tables in, TensorFlow tensors out: graphs, time series, images, simulators, downloads. */
@SuppressWarnings("requires-automatic") // Four libraries of numbers come without a module descriptor.
module dev.odeon.datasets {
    requires transitive tensorflow;
    requires static transitive org.jspecify;
    requires org.apache.arrow.memory.core;
    requires org.apache
            .arrow
            .memory
            .unsafe; // Arrow finds its allocator by name, among the modules that somebody requires.
    requires transitive org.apache.arrow.vector;
    requires org.apache.arrow.format;
    requires static org.apache.arrow.dataset;
    requires org.slf4j;
    requires java.net.http;
    requires JTransforms;
    requires JLargeArrays;
    requires de.siegmar.fastcsv;
    requires org.apache.commons.compress;
    requires org.tukaani.xz;
    requires com.github.luben.zstd_jni;
    requires hipparchus.core;
    requires hipparchus.ode;

    exports dev.odeon.datasets;
    exports dev.odeon.datasets.arrow;
    exports dev.odeon.datasets.arrow.types;
    exports dev.odeon.datasets.batches;
    exports dev.odeon.datasets.cache;
    exports dev.odeon.datasets.contents;
    exports dev.odeon.datasets.csv;
    exports dev.odeon.datasets.dynamics;
    exports dev.odeon.datasets.formats;
    exports dev.odeon.datasets.graphs;
    exports dev.odeon.datasets.graphs.files;
    exports dev.odeon.datasets.graphs.rewiring;
    exports dev.odeon.datasets.images;
    exports dev.odeon.datasets.named;
    exports dev.odeon.datasets.pde;
    exports dev.odeon.datasets.series;
}
