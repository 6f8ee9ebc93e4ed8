package dev.odeon.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

/**
 * A look at the first solve of a body before it is built.
 *
 * <p>The body is applied to a graph that nobody keeps, and left where its first solve tells of itself: what comes after, the
 * gradients above all, is the expensive part.
 */
public final class Survey {

    private static final ThreadLocal<Boolean> LOOKING = ThreadLocal.withInitial(() -> false);

    private Survey() {}

    /** Leaves the body; an error, so that nobody on the way takes it for misuse. */
    private static final class Found extends Error {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // Never leaves the thread.
        private final SolveWork work;

        Found(SolveWork work) {
            super("found what was looked for", null, false, false);
            this.work = work;
        }
    }

    /** Tells of a solve that is about to be added to a graph; does nothing unless somebody is looking. */
    public static void tell(Supplier<SolveWork> work) {
        if (LOOKING.get()) {
            throw new Found(work.get());
        }
    }

    /**
     * The first solve that a body adds; empty if it adds none, or cannot be built on its own.
     *
     * @param arguments that the body reads
     */
    static Optional<SolveWork> firstSolve(List<TensorSpec> arguments, GraphFunction.Body body) {
        LOOKING.set(true);
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Values placeholders = Values.bind(
                    arguments,
                    arguments.stream().map(spec -> spec.placeholder(tf)).toList());
            body.apply(tf, placeholders);
            return Optional.empty();
        } catch (Found found) {
            return Optional.of(found.work);
        } catch (RuntimeException e) {
            // What is wrong, if anything is, the graph itself will say: a body may use tensors of it that are no
            // arguments.
            return Optional.empty();
        } finally {
            LOOKING.set(false);
        }
    }
}
