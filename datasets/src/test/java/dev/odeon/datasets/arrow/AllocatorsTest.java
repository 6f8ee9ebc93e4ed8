package dev.odeon.datasets.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.datasets.arrow.ipc.Allocators;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Test;

class AllocatorsTest {
    @Test
    void anAllocatorIsCountedUntilItIsClosed() {
        int before = Allocators.stillOpen();
        try (BufferAllocator allocator = Allocators.open();
                ArrowBuf buffer = allocator.buffer(64)) {
            assertThat(buffer.capacity()).isEqualTo(64);
            assertThat(Allocators.stillOpen()).isEqualTo(before + 1);
        }
        assertThat(Allocators.stillOpen()).isEqualTo(before);
    }
}
