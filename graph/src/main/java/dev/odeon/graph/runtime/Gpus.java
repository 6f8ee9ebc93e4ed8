package dev.odeon.graph.runtime;

import java.util.OptionalInt;
import java.util.function.Supplier;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * How this process uses GPUs: one setting for all its sessions, which TensorFlow takes from the first it opens.
 *
 * <p>Memory grows as needed, so that several programs can share a card; operations without a GPU kernel run on the CPU.
 */
public final class Gpus {

    private static OptionalInt chosen = OptionalInt.empty();
    private static boolean opened;
    private static final ThreadLocal<Boolean> ASSUMED = ThreadLocal.withInitial(() -> false);

    private Gpus() {}

    /**
     * Lets TensorFlow see only one GPU; call it before anything asks for devices or opens a session.
     *
     * @param number of the card, from zero, as {@code nvidia-smi} counts where CUDA_VISIBLE_DEVICES hides none
     * @throws IllegalArgumentException if the number is negative
     * @throws IllegalStateException if a session was opened before and saw others
     */
    public static synchronized void see(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("The GPU is " + number + ": give its number, 0 or more");
        }
        if (opened && (chosen.isEmpty() || chosen.getAsInt() != number)) {
            throw new IllegalStateException(
                    "TensorFlow has its devices already: choose GPU " + number + " before the first session");
        }
        chosen = OptionalInt.of(number);
    }

    /** Whether graphs that are built on this thread will run on a GPU: then they are made of other operations here and there. */
    public static boolean targeted() {
        return ASSUMED.get() || Devices.gpuPresent();
    }

    /** Builds something for a GPU, whether this machine has one or not. */
    public static <R> R targeting(Supplier<R> builder) {
        boolean before = ASSUMED.get();
        ASSUMED.set(true);
        try {
            return builder.get();
        } finally {
            ASSUMED.set(before);
        }
    }

    /** The one that was chosen. */
    static synchronized OptionalInt chosen() {
        return chosen;
    }

    /** What every session is opened with. */
    static synchronized ConfigProto settings() {
        opened = true;
        return settings(chosen);
    }

    static ConfigProto settings(OptionalInt visible) {
        GPUOptions.Builder options = GPUOptions.newBuilder().setAllowGrowth(true);
        visible.ifPresent(number -> options.setVisibleDeviceList(Integer.toString(number)));
        return ConfigProto.newBuilder()
                .setAllowSoftPlacement(true)
                .setGpuOptions(options)
                .build();
    }
}
