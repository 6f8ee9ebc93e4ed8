package dev.odeon.models.training;

import java.util.Map;
import org.tensorflow.types.family.TType;

/**
 * What an iteration is fed besides its rows: the seed of a dropout, random symmetries, the weight of a penalty that grows.
 *
 * <p>It depends on nothing but the place, so that a resumed run is fed the same.
 */
@FunctionalInterface
public interface IterationInputs {

    /** Nothing. */
    IterationInputs NONE = place -> Map.of();

    /**
     * Where an iteration stands.
     *
     * @param phase in which it is run
     * @param epoch from one; zero in an evaluation
     * @param batch from zero
     * @param batches of the epoch, or of the evaluation
     */
    record Place(Phase phase, int epoch, int batch, int batches) {
        /** How many training iterations came before; those of an evaluation count from zero. */
        public long iteration() {
            return (long) Math.max(0, epoch - 1) * batches + batch;
        }
    }

    /** A tensor for each input that the objective declares and that is no column; the caller closes them. */
    Map<String, ? extends TType> at(Place place);
}
