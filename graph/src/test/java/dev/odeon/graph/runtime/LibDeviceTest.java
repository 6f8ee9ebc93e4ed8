package dev.odeon.graph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibDeviceTest {

    @TempDir
    Path folder;

    private Path toolkit(String name) throws IOException {
        Path root = folder.resolve(name);
        Path inside = Files.createDirectories(root.resolve("nvvm").resolve("libdevice"));
        Files.createFile(inside.resolve("libdevice.10.bc"));
        return root;
    }

    private static Map<String, String> flags(String value) {
        return Map.of("XLA_FLAGS", value);
    }

    private static Path first(Map<String, String> environment) {
        return LibDevice.roots(environment, Optional.empty()).get(0);
    }

    @Test
    void theFolderOfTheFlagComesFirst() throws IOException {
        Path root = toolkit("cuda");
        assertThat(first(flags("--a=b --xla_gpu_cuda_data_dir=/x --xla_gpu_cuda_data_dir=" + root + " --c")))
                .isEqualTo(root);
        Path file = Files.writeString(folder.resolve("flags"), "--a\n--xla_gpu_cuda_data_dir=" + root + "\n");
        assertThat(first(flags(file.toString()))).isEqualTo(root);
        assertThat(first(flags(folder.resolve("none").toString()))).isEqualTo(Path.of("cuda_sdk_lib"));
        // XLA does not ask it.
        assertThat(LibDevice.roots(Map.of("CUDA_HOME", root.toString()), Optional.empty()))
                .isEqualTo(LibDevice.roots(Map.of(), Optional.empty()))
                .contains(Path.of("/usr/local/cuda"))
                .doesNotContain(root);
    }

    @Test
    void theFirstFolderWithADirectoryOfThatNameCounts() throws IOException {
        Path root = toolkit("cuda");
        Path file = root.resolve("nvvm/libdevice/libdevice.10.bc");
        Path absent = folder.resolve("absent");
        assertThat(LibDevice.find(List.of(absent, root), folder)).hasValue(file);
        assertThat(LibDevice.find(List.of(absent), folder)).isEmpty();
        Path empty = folder.resolve("empty");
        Files.createDirectories(empty.resolve("nvvm/libdevice"));
        assertThat(LibDevice.find(List.of(empty, root), folder)).isEmpty();
        // In the end XLA opens it in the working folder.
        Path here = Files.createFile(folder.resolve("libdevice.10.bc"));
        assertThat(LibDevice.find(List.of(absent), folder)).hasValue(here);
    }

    @Test
    void theFolderNextToTensorFlowIsLookedInto() throws IOException {
        toolkit("site/nvidia/cuda_nvcc");
        Path tensorFlow = Files.createDirectories(folder.resolve("site/tensorflow"));
        assertThat(LibDevice.find(
                        LibDevice.roots(flags("--xla_gpu_cuda_data_dir=/absent"), Optional.of(tensorFlow)), folder))
                .isPresent();
    }

    @Test
    void theRemedyNamesAToolkitThatIsThere() throws IOException {
        Path root = toolkit("cuda");
        assertThat(LibDevice.remedy(Map.of("CUDA_DIR", "/absent", "CUDA_HOME", root.toString())))
                .isEqualTo("set XLA_FLAGS=--xla_gpu_cuda_data_dir=" + root);
        assertThat(LibDevice.remedy(Map.of()))
                .startsWith("install the CUDA toolkit 12")
                .contains("XLA_FLAGS")
                .doesNotContain("\n");
    }
}
