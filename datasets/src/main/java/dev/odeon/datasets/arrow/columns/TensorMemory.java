package dev.odeon.datasets.arrow.columns;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.memory.util.MemoryUtil;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.buffer.DataStorageVisitor;
import org.tensorflow.types.family.TType;

/** Copies mapped bytes into the memory that TensorFlow holds for a tensor. */
public final class TensorMemory {
    private TensorMemory() {}

    /**
     * Fills a tensor.
     *
     * @param tensor receives the bytes, from its first one on
     * @param parts direct buffers whose sizes add up to the size of the tensor
     */
    public static void fill(TType tensor, List<ByteBuffer> parts) {
        long bytes = parts.stream().mapToLong(ByteBuffer::capacity).sum();
        if (bytes != tensor.numBytes()) {
            throw new IllegalStateException(bytes + " bytes for a tensor of " + tensor.numBytes());
        }
        try {
            long target = address(tensor);
            for (ByteBuffer part : parts) {
                if (part.capacity() > 0) {
                    MemoryUtil.copyMemory(MemoryUtil.getByteBufferAddress(part), target, part.capacity());
                    target += part.capacity();
                }
            }
        } finally {
            // Bare addresses keep nothing alive: neither the tensor nor the mapping may go before the copy is done.
            Reference.reachabilityFence(tensor);
            Reference.reachabilityFence(parts);
        }
    }

    /** Writes zeros over the numbers that are not there, whatever stood in the file in their place. */
    public static void clear(TType tensor, boolean[] present, int bytes) {
        try {
            long target = address(tensor);
            for (int i = 0; i < present.length; i++) {
                if (!present[i]) {
                    MemoryUtil.setMemory(target + (long) i * bytes, bytes, (byte) 0);
                }
            }
        } finally {
            Reference.reachabilityFence(tensor);
        }
    }

    /** {@return where the tensor's own memory begins; keep the tensor reachable while it is used} */
    static long address(TType tensor) {
        Long address = tensor.asRawTensor().data().accept(new DataStorageVisitor<@Nullable Long>() {
            @Override
            public Long visit(long start, long length, long scale) {
                return start;
            }

            @Override
            public Long visit(ByteBuffer buffer) {
                return MemoryUtil.getByteBufferAddress(buffer);
            }

            @Override
            public @Nullable Long fallback() {
                return null;
            }
        });
        if (address == null) {
            throw new IllegalStateException("TensorFlow does not show the memory of its tensors on this platform");
        }
        return address;
    }
}
