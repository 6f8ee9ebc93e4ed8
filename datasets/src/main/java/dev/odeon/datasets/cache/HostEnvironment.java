package dev.odeon.datasets.cache;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the machine around the program says about places: environment variables, operating system, home folder.
 *
 * @param variables the environment variables
 * @param operatingSystem its name, as in the system property {@code os.name}
 * @param home the user's home folder
 */
public record HostEnvironment(Map<String, String> variables, String operatingSystem, Path home) {
    public HostEnvironment {
        variables = Map.copyOf(variables);
    }

    /** {@return what this process was started with} */
    public static HostEnvironment current() {
        return new HostEnvironment(
                System.getenv(), System.getProperty("os.name", ""), Path.of(System.getProperty("user.home", ".")));
    }

    /** {@return the value of a variable that is set and not blank} */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }
}
