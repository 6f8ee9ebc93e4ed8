package dev.odeon.models.training.data;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.tensorflow.types.family.TType;

/**
 * A source whose next batch is loaded while the present one is used.
 *
 * <p>For one consumer. Small batches are loaded in place: handing them over would take longer.
 */
public final class LoadedAhead implements AutoCloseable {

    /** Of a batch that is worth a thread. */
    private static final long LEAST_BYTES = 1 << 16;

    private record Pending(int[] rows, Future<Map<String, TType>> tensors) {}

    private final BatchSource source;
    private final boolean ahead;
    private @Nullable ExecutorService loader;
    private @Nullable Pending pending;

    /** @param batch rows of a batch */
    public LoadedAhead(BatchSource source, int batch) {
        this.source = source;
        this.ahead = Bytes.ofRow(source) * batch >= LEAST_BYTES;
    }

    /** Whether batches are large enough to be worth a thread. */
    public boolean ahead() {
        return ahead;
    }

    /**
     * The tensors of some rows, which belong to the caller.
     *
     * @param next rows that will be wanted after these; null if nobody knows
     * @throws RuntimeException what the source threw
     */
    public Map<String, TType> load(int[] rows, int @Nullable [] next) {
        Map<String, TType> tensors = taken(rows);
        if (ahead && next != null) {
            ExecutorService thread = loader;
            if (thread == null) {
                thread = Executors.newSingleThreadExecutor(task -> {
                    Thread created = new Thread(task, "odeon-batches");
                    created.setDaemon(true);
                    return created;
                });
                loader = thread;
            }
            pending = new Pending(next, thread.submit(() -> source.load(next)));
        }
        return tensors;
    }

    private Map<String, TType> taken(int[] rows) {
        Pending waiting = pending;
        if (waiting != null && Arrays.equals(waiting.rows(), rows)) {
            pending = null;
            return result(waiting);
        }
        // Others than announced, as after a resumption.
        discard();
        return source.load(rows);
    }

    private static Map<String, TType> result(Pending waiting) {
        try {
            return waiting.tensors().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a batch", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException("a batch could not be loaded: " + e.getCause(), e.getCause());
        }
    }

    private void discard() {
        Pending waiting = pending;
        pending = null;
        if (waiting != null) {
            try {
                result(waiting).values().forEach(TType::close);
            } catch (RuntimeException | Error e) {
                // Nobody wanted this batch: whoever asks for these rows is told.
            }
        }
    }

    @Override
    public void close() {
        ExecutorService thread = loader;
        try {
            discard();
        } finally {
            if (thread != null) {
                thread.shutdown();
            }
        }
    }
}
