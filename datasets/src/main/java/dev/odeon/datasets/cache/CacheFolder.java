package dev.odeon.datasets.cache;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Finds the folder for files that can be made or downloaded again.
 *
 * <p>{@code ODEON_HOME} if it is set; else the platform's usual place: {@code ~/Library/Caches/odeon} on macOS,
 * {@code %LOCALAPPDATA%\odeon} on Windows, {@code $XDG_CACHE_HOME/odeon} or {@code ~/.cache/odeon} elsewhere.
 */
public final class CacheFolder {
    /** The environment variable that names the folder. */
    public static final String VARIABLE = "ODEON_HOME";

    private static final String NAME = "odeon";

    private CacheFolder() {}

    /**
     * Finds the folder; it need not exist yet.
     *
     * @param environment the machine
     * @return the folder
     */
    public static Path of(HostEnvironment environment) {
        return environment.variable(VARIABLE).map(Path::of).orElseGet(() -> usual(environment));
    }

    private static Path usual(HostEnvironment environment) {
        String system = environment.operatingSystem().toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return environment.home().resolve("Library").resolve("Caches").resolve(NAME);
        }
        if (system.contains("windows")) {
            return environment
                    .variable("LOCALAPPDATA")
                    .map(Path::of)
                    .orElse(environment.home().resolve("AppData").resolve("Local"))
                    .resolve(NAME);
        }
        return environment
                .variable("XDG_CACHE_HOME")
                .map(Path::of)
                .orElse(environment.home().resolve(".cache"))
                .resolve(NAME);
    }
}
