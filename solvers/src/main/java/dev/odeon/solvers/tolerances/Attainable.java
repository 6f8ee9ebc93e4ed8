package dev.odeon.solvers.tolerances;

import dev.odeon.graph.Floats;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * What an element type can meet of a relative tolerance: some roundings of its numbers, and nothing below.
 *
 * <p>A tolerance below that counts as the least that can be met, and the log says so, once for each tolerance.
 */
public final class Attainable {

    private static final System.Logger LOG = System.getLogger(Attainable.class.getName());

    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    private Attainable() {}

    /** The least tolerance of so many roundings. */
    public static double least(Class<? extends TFloating> type, int roundings) {
        return roundings * Floats.epsilon(type);
    }

    /** Says in the log that a tolerance was raised to the least that can be met. */
    public static void tell(String what, Object tolerance, Class<? extends TFloating> type, int roundings) {
        boolean single = type.equals(TFloat32.class);
        String told = "The " + what + " " + tolerance + " is below what " + (single ? "float32" : "float64")
                + " resolves and counts as " + least(type, roundings) + ": "
                + (single ? "compute in float64, or give a larger one" : "give a larger one");
        if (TOLD.add(told)) {
            LOG.log(System.Logger.Level.WARNING, told);
        }
    }
}
