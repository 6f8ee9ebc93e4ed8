package dev.odeon.datasets.arrow.ipc;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** The one place that makes Arrow allocators, so that a test can tell whether all of them were closed. */
public final class Allocators {
    private static final AtomicInteger OPEN = new AtomicInteger();

    private Allocators() {}

    /** {@return a new allocator, to be closed by the caller} */
    public static BufferAllocator open() {
        OPEN.incrementAndGet();
        return new RootAllocator() {
            @Override
            public synchronized void close() {
                super.close(); // fails if a buffer is still in use
                OPEN.decrementAndGet();
            }
        };
    }

    /** {@return how many allocators were opened and not closed without a leak} */
    public static int stillOpen() {
        return OPEN.get();
    }
}
