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

    /** What {@link BackwardNames#ROUND} starts with; unless overridden, one round for each step that was taken. */
    default Operand<TInt32> rounds(Ops tf, Operand<TInt32> taken) {
        return taken;
    }

    /** How the first state it finds is compared with the one the solve began with; null for no comparison, as where states were stored. */
    default @Nullable StateComparison comparison() {
        return null;
    }

    /** Adds one round; the loop ends when {@link BackwardNames#ROUND} has come down to zero. */
    Values round(Ops tf, Values carried, Values inside);
}
