package dev.odeon.experiments.options;

import dev.odeon.datasets.Nearest;
import dev.odeon.solvers.Method;
import dev.odeon.solvers.Methods;
import java.util.List;

/** The method that {@code --method} names. */
public final class MethodChoice {

    private static final String THETA = "theta-";

    private MethodChoice() {}

    /**
     * Finds it.
     *
     * @throws IllegalArgumentException if there is none of this name, with the nearest and with where they are listed
     */
    public static Method of(String name) {
        List<String> names = Methods.all().stream().map(Method::name).toList();
        if (!names.contains(name) && !name.startsWith(THETA)) {
            throw new IllegalArgumentException("--method is " + name + Nearest.hint(name, names)
                    + ": choose a name that odeon methods lists, or theta-0.6 and the like");
        }
        return Methods.named(name);
    }
}
