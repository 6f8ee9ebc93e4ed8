package dev.odeon.adjoint.backward;

import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** How a backward loop gets at the state before each step. */
public interface StateSource {

    /** Which results of the forward loop the rounds change, under the names they have there; none unless overridden. */
    default List<TensorSpec> carried() {
        return List.of();
    }

    /** Which results of the forward loop the rounds only read; none unless overridden. */
    default List<TensorSpec> invariants() {
        return List.of();
    }

    /** How many rounds there are, inside the loop; unless overridden, one for each of the steps. */
    default Operand<TInt32> rounds(Ops tf, Operand<TInt32> steps) {
        return steps;
    }

    /** How the first state it finds is compared with the one the solve began with; null for no comparison, as where states were stored. */
    default @Nullable StateComparison comparison() {
        return null;
    }

    /** Adds one round; it counts {@link BackwardNames#ROUND} up, and the loop ends when that is the number of rounds. */
    Values round(Ops tf, Values carried, Values inside);
}
