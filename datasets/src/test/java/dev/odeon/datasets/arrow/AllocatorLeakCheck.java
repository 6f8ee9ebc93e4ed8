package dev.odeon.datasets.arrow;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test after which an Arrow allocator is open or holds memory. */
public final class AllocatorLeakCheck implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) {
        if (Allocators.stillOpen() != 0) {
            throw new AssertionError(Allocators.stillOpen() + " Arrow allocators were not closed without a leak");
        }
    }
}
