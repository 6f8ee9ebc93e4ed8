package dev.odeon.datasets;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Damages files in seeded ways, and watches what reading them costs. */
public final class Mutations {
    private static final int[] HOSTILE = {0, 1, -1, 7, 255, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 28};

    private Mutations() {}

    /**
     * Damages a file.
     *
     * @param bytes the intact file; not changed
     * @param seed chooses the damage
     * @return the damaged file: cut short, bits flipped, bytes overwritten, a length made hostile, or a part doubled
     */
    public static byte[] damage(byte[] bytes, long seed) {
        Random random = Seeds.random(seed, 0);
        byte[] damaged = bytes.clone();
        switch (random.nextInt(5)) {
            case 0 -> damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> {
                int at = random.nextInt(bytes.length);
                damaged[at] ^= (byte) (1 << random.nextInt(8));
            }
            case 2 -> {
                for (int i = 0; i < 1 + random.nextInt(8); i++) {
                    damaged[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
            }
            case 3 ->
                ByteBuffer.wrap(damaged)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(random.nextInt(bytes.length - 4), HOSTILE[random.nextInt(HOSTILE.length)]);
            default -> {
                int from = random.nextInt(bytes.length);
                int length = random.nextInt(Math.min(200, bytes.length - from) + 1);
                System.arraycopy(bytes, from, damaged, random.nextInt(bytes.length - length + 1), length);
            }
        }
        return damaged;
    }

    /** Makes a file anew: writing over the old one waits for the disk, and changes what may still be mapped. */
    public static Path place(Path file, byte[] bytes) throws IOException {
        Files.deleteIfExists(file);
        return Files.write(file, bytes);
    }

    /** {@return the bytes of heap that this thread has taken so far, garbage included} */
    public static long heapTaken() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
