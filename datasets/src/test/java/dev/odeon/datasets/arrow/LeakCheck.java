package dev.odeon.datasets.arrow;

import dev.odeon.datasets.arrow.ipc.Allocators;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * Fails a test after which an Arrow allocator is open, or more tensors live than before.
 *
 * <p>Applied to every test of this module by itself (META-INF/services). Tensors are counted by the native memory that
 * JavaCPP has still to give back; the thread that gives back what the garbage collector found is stopped, so that only
 * {@code close()} lowers the count.
 */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(LeakCheck.class);

    static {
        stopCollecting();
        // The first tensor of a process brings along what TensorFlow keeps for ever.
        TFloat64.scalarOf(0).close();
        TFloat32.tensorOf(Shape.of(1), tensor -> {}).close();
    }

    private static void stopCollecting() {
        Pointer.interruptDeallocatorThread();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("JavaCPP Deallocator")) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("interrupted before the first test", e);
                }
            }
        }
    }

    /** {@return how much native memory was not given back by a {@code close()}} */
    static long living() {
        return Pointer.totalCount();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put("allocators", Allocators.stillOpen());
        context.getStore(NAMESPACE).put("native", living());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Integer opened = context.getStore(NAMESPACE).get("allocators", Integer.class);
        int leaked = Allocators.stillOpen() - (opened == null ? 0 : opened);
        if (leaked > 0) {
            throw new AssertionError(leaked + " Arrow allocators were not closed without a leak");
        }
        Long before = context.getStore(NAMESPACE).get("native", Long.class);
        long after = living();
        if (before != null && after > before) {
            throw new AssertionError((after - before) + " tensors were not closed");
        }
    }
}
