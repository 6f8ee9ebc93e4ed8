package dev.odeon.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real data for tests, from the folder in the environment variable ODEON_DATA. */
public final class TestData {
    private TestData() {}

    /** {@return a file below the data folder; the test is skipped where it is missing} */
    public static Path require(String location) {
        String folder = System.getenv("ODEON_DATA");
        Assumptions.assumeTrue(
                folder != null && Files.isRegularFile(Path.of(folder, location)),
                "needs " + location + ": set ODEON_DATA to a folder that has it");
        return Path.of(String.valueOf(folder), location);
    }

    /** {@return a folder below the data folder that holds a file; the test is skipped where it is missing} */
    public static Path requireFolder(String folder, String file) {
        require(folder + "/" + file);
        return Path.of(System.getenv().getOrDefault("ODEON_DATA", ""), folder);
    }
}
