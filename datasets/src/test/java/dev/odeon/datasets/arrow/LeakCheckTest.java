package dev.odeon.datasets.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tensorflow.types.TFloat64;

class LeakCheckTest {
    /** A tensor that nobody closes, nor can. */
    private static WeakReference<TFloat64> lost() {
        return new WeakReference<>(TFloat64.vectorOf(1, 2, 3));
    }

    @Test
    @Timeout(30)
    void aTensorThatTheGarbageCollectorTookWasNotClosed() throws InterruptedException {
        long before = LeakCheck.living();
        WeakReference<TFloat64> lost = lost();
        assertThat(LeakCheck.living()).isGreaterThan(before);
        while (lost.get() != null) {
            System.gc();
            Thread.sleep(10);
        }
        // Time for a collecting thread, if there were one.
        System.gc();
        Thread.sleep(200);
        assertThat(LeakCheck.living()).isGreaterThan(before);
        // Here the collecting is done by hand, so that nothing is left behind.
        while (LeakCheck.living() > before) {
            System.gc();
            Pointer.deallocateReferences();
        }
    }
}
