package dev.odeon.graph.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/**
 * Loads CUDA and cuDNN from the class path, for machines that have only the NVIDIA driver.
 *
 * <p>The build profile {@code cuda-redist} puts the libraries of {@code org.bytedeco:cuda} on the class path. TensorFlow
 * opens CUDA by bare library names, which the dynamic linker answers with what the process already holds; so loading ours
 * first is enough. Without that profile this class does nothing.
 */
public final class CudaRedistribution {

    private static final String FOLDER = "/org/bytedeco/cuda/linux-x86_64/";

    /** In the order of their dependencies. */
    private static final List<String> LIBRARIES = List.of(
            "libcudart.so.12",
            "libnvJitLink.so.12",
            "libcublasLt.so.12",
            "libcublas.so.12",
            "libcufft.so.11",
            "libcusparse.so.12",
            "libcusolver.so.11",
            "libnvrtc.so.12",
            "libcudnn_graph.so.9",
            "libcudnn_engines_precompiled.so.9",
            "libcudnn_engines_runtime_compiled.so.9",
            "libcudnn_heuristic.so.9",
            "libcudnn_ops.so.9",
            "libcudnn_cnn.so.9",
            "libcudnn_adv.so.9",
            "libcudnn.so.9");

    /**
     * What happened to one library.
     *
     * @param name of the file
     * @param detail where it was loaded from, or why it was not
     */
    public record Entry(String name, boolean loaded, String detail) {}

    private static final class Holder {
        static final List<Entry> ENTRIES = loadAll();
    }

    private CudaRedistribution() {}

    /** Loads the libraries once; must run before TensorFlow loads its own. Empty where none are on the class path. */
    public static List<Entry> load() {
        return Holder.ENTRIES;
    }

    private static List<Entry> loadAll() {
        if (CudaRedistribution.class.getResource(FOLDER + "libcudart.so.12") == null) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        for (String library : LIBRARIES) {
            entries.add(load(library));
        }
        return List.copyOf(entries);
    }

    private static Entry load(String library) {
        try {
            if (CudaRedistribution.class.getResource(FOLDER + library) == null) {
                return new Entry(library, false, "not on the class path");
            }
            // JavaCPP's cache keeps one extracted copy for all processes; TensorFlow's own libraries lie there too.
            Path file = Loader.cacheResource(CudaRedistribution.class, FOLDER + library)
                    .toPath();
            if (!Files.isReadable(file)) {
                throw new IOException("cannot read " + file);
            }
            System.load(file.toString());
            return new Entry(library, true, file.toString());
        } catch (IOException | UnsatisfiedLinkError | NullPointerException e) {
            return new Entry(library, false, String.valueOf(e.getMessage()));
        }
    }
}
