package dev.odeon.datasets.batches;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a plan, loaded ahead by one background thread.
 *
 * <p>At most {@code ahead} loaded batches wait at a time; memory is bounded by {@code ahead + 2} of them (one being loaded,
 * one in use). A batch handed out belongs to the caller, who closes it; {@link #close()} stops the thread and closes those
 * nobody took. A failure while loading is thrown by {@link #hasNext()}, after the batches before it. For one consumer
 * thread.
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

    @Override
    public boolean hasNext() {
        Item<B> item = peek();
        if (item.failure() instanceof RuntimeException failure) {
            throw failure;
        }
        if (item.failure() instanceof Error failure) {
            throw failure;
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

    /** Stops loading and closes the batches that nobody took. */
    @Override
    public void close() {
        stopped = true;
        loader.interrupt();
        boolean interrupted = false;
        while (loader.isAlive()) {
            drain();
            try {
                loader.join(10);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        drain();
        if (next != null) {
            close(next);
            next = new Item<>(null, null);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
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
                if (!offer(new Item<>(source.load(rows.next()), null))) {
                    return;
                }
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        offer(new Item<>(null, failure));
    }

    private boolean offer(Item<B> item) {
        try {
            queue.put(item);
            return true;
        } catch (InterruptedException e) {
            close(item);
            return false;
        }
    }

    private void drain() {
        for (Item<B> item = queue.poll(); item != null; item = queue.poll()) {
            close(item);
        }
    }

    private void close(Item<B> item) {
        try {
            if (item.batch() != null) {
                item.batch().close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("a batch could not be closed", e);
        }
    }
}
