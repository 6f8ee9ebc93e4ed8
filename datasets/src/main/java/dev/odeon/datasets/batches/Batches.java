package dev.odeon.datasets.batches;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a plan, loaded ahead by one background thread.
 *
 * <p>At most {@code ahead} loaded batches wait at a time; memory is bounded by {@code ahead + 2} of them (one being loaded,
 * one in use). A batch handed out belongs to the caller, who closes it; {@link #close()} stops the thread and closes those
 * nobody took. A failure while loading, of whatever kind, is thrown by {@link #hasNext()}, after the batches before it. For
 * one consumer thread.
 *
 * @param <B> what a batch is
 */
public final class Batches<B extends AutoCloseable> implements Iterator<B>, AutoCloseable {
    private final BlockingQueue<Item<B>> queue;
    private final Thread loader;
    private volatile boolean stopped;
    private @Nullable Item<B> next;

    /** Something in the queue: a batch, or the end with or without a failure. */
    private record Item<B>(@Nullable B batch, @Nullable Throwable failure) {}

    private Batches(BatchSource<B> source, BatchPlan plan, int ahead) {
        queue = new ArrayBlockingQueue<>(ahead);
        loader = new Thread(() -> load(source, plan), "odeon-batches");
        loader.setDaemon(true);
    }

    /**
     * Starts to load.
     *
     * @param source the data
     * @param plan which rows make up which batch
     * @param ahead batches that may wait, 1 or more; 2 is enough unless loading times vary
     * @return the batches, to be closed by the caller
     */
    public static <B extends AutoCloseable> Batches<B> prefetch(BatchSource<B> source, BatchPlan plan, int ahead) {
        if (ahead < 1) {
            throw new IllegalArgumentException("ahead = " + ahead + ": give 1 or more batches");
        }
        Batches<B> batches = new Batches<>(source, plan, ahead);
        batches.loader.start();
        return batches;
    }

    /**
     * Waits for the next batch.
     *
     * @throws RuntimeException what the source threw; a checked exception is the cause of an IllegalStateException
     */
    @Override
    public boolean hasNext() {
        Item<B> item = peek();
        if (item.failure() instanceof RuntimeException failure) {
            throw failure;
        }
        if (item.failure() instanceof Error failure) {
            throw failure;
        }
        if (item.failure() != null) {
            throw new IllegalStateException("a batch could not be loaded: " + item.failure(), item.failure());
        }
        return item.batch() != null;
    }

    @Override
    public B next() {
        if (!hasNext() || next == null || next.batch() == null) {
            throw new NoSuchElementException("all batches were handed out");
        }
        B batch = next.batch();
        next = null;
        return batch;
    }

    /**
     * Stops loading and closes the batches that nobody took.
     *
     * @throws IllegalStateException if one of them could not be closed; the others were
     */
    @Override
    public void close() {
        stopped = true;
        loader.interrupt();
        List<Exception> failures = new ArrayList<>();
        boolean interrupted = false;
        while (loader.isAlive()) {
            drain(failures);
            try {
                loader.join(10);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        drain(failures);
        if (next != null) {
            close(next, failures);
            next = new Item<>(null, null);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!failures.isEmpty()) {
            IllegalStateException unclosed = new IllegalStateException(
                    failures.size() + " batches could not be closed: " + failures.get(0), failures.get(0));
            failures.stream().skip(1).forEach(unclosed::addSuppressed);
            throw unclosed;
        }
    }

    private Item<B> peek() {
        if (next == null) {
            try {
                next = stopped ? new Item<>(null, null) : queue.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for a batch", e);
            }
        }
        return next;
    }

    private void load(BatchSource<B> source, BatchPlan plan) {
        Throwable failure = null;
        try {
            Iterator<int[]> rows = plan.over(source.rows());
            while (rows.hasNext() && !stopped) {
                offer(new Item<>(source.load(rows.next()), null));
            }
        } catch (Throwable e) {
            // Whatever it is, also a checked exception that was thrown past the compiler: the consumer waits for it.
            failure = e;
        }
        offer(new Item<>(null, failure));
    }

    private void offer(Item<B> item) {
        while (true) {
            try {
                queue.put(item);
                return;
            } catch (InterruptedException e) {
                // From close(), which makes room, and closes what is put there, until this thread ends.
            }
        }
    }

    private void drain(List<Exception> failures) {
        for (Item<B> item = queue.poll(); item != null; item = queue.poll()) {
            close(item, failures);
        }
    }

    private void close(Item<B> item, List<Exception> failures) {
        try {
            if (item.batch() != null) {
                item.batch().close();
            }
        } catch (Exception e) {
            failures.add(e);
        }
    }
}
