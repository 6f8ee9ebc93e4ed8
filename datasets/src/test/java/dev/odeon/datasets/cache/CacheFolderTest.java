package dev.odeon.datasets.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
    private static final Path HOME = Path.of("/home/ada");

    private static Path folder(String system, Map<String, String> variables) {
        return CacheFolder.of(new HostEnvironment(variables, system, HOME));
    }

    @Test
    void everyPlatformHasItsPlace() {
        assertThat(folder("Linux", Map.of())).isEqualTo(HOME.resolve(".cache/odeon"));
        assertThat(folder("Linux", Map.of("XDG_CACHE_HOME", "/var/c"))).isEqualTo(Path.of("/var/c/odeon"));
        assertThat(folder("Mac OS X", Map.of())).isEqualTo(HOME.resolve("Library/Caches/odeon"));
        assertThat(folder("Windows 11", Map.of("LOCALAPPDATA", "/local"))).isEqualTo(Path.of("/local/odeon"));
        assertThat(folder("Windows 11", Map.of())).isEqualTo(HOME.resolve("AppData/Local/odeon"));
    }

    @Test
    void theVariableWinsUnlessItIsBlank() {
        assertThat(folder("Mac OS X", Map.of("ODEON_HOME", "/data/odeon"))).isEqualTo(Path.of("/data/odeon"));
        assertThat(folder("Linux", Map.of("ODEON_HOME", " "))).isEqualTo(HOME.resolve(".cache/odeon"));
    }
}
