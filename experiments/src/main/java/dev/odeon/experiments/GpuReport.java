package dev.odeon.experiments;

import dev.odeon.graph.runtime.CudaRedistribution;
import dev.odeon.graph.runtime.Devices;
import java.util.ArrayList;
import java.util.List;

/** What the doctor says about GPU and CUDA: what was found, what is missing, and what would help. */
final class GpuReport {

    /** One line of it. */
    record Line(String what, String value) {}

    private GpuReport() {}

    /**
     * What there is to say.
     *
     * @param bundled CUDA libraries of the class path
     * @param gpuBuild whether TensorFlow was built for GPUs
     */
    static List<Line> of(List<CudaRedistribution.Entry> bundled, boolean gpuBuild) {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return List.of(new Line("GPU", "TensorFlow for Java uses GPUs on Linux only"));
        }
        List<Line> lines = new ArrayList<>();
        CudaLibraries system = CudaLibraries.find();
        List<String> missing = new ArrayList<>(system.missing());
        if (!bundled.isEmpty()) {
            for (CudaRedistribution.Entry entry : bundled) {
                lines.add(new Line(
                        "CUDA", entry.name() + (entry.loaded() ? " loaded" : " not loaded: " + entry.detail())));
                if (entry.loaded()) {
                    missing.remove(entry.name());
                }
            }
        } else {
            lines.add(new Line("CUDA found", system.found().isEmpty() ? "none" : String.join(", ", system.found())));
            lines.add(new Line("CUDA missing", missing.isEmpty() ? "none" : String.join(", ", missing)));
        }
        lines.add(new Line("GPU", verdict(gpuBuild, system.driver(), missing)));
        return lines;
    }

    private static String verdict(boolean gpuBuild, boolean driver, List<String> missing) {
        if (Devices.gpuPresent()) {
            return "TensorFlow uses it";
        }
        if (!driver) {
            return "no NVIDIA driver (libcuda.so.1): training runs on the CPU";
        }
        if (!gpuBuild) {
            return "NVIDIA driver found, but this is TensorFlow's CPU build: set ODEON_PROFILES="
                    + (missing.isEmpty() ? "gpu" : "gpu,cuda-redist");
        }
        if (!missing.isEmpty()) {
            return "TensorFlow cannot use it without " + String.join(", ", missing)
                    + ": install CUDA 12 and cuDNN 9, or set ODEON_PROFILES=gpu,cuda-redist";
        }
        return "TensorFlow does not use it: TF_CPP_MIN_LOG_LEVEL=0 ./odeon doctor shows why";
    }
}
