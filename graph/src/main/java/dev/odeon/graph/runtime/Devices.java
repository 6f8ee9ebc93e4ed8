package dev.odeon.graph.runtime;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/** The devices that TensorFlow sees on this machine. */
public final class Devices {

    /**
     * One device.
     *
     * @param name TensorFlow's full name, such as {@code /job:localhost/replica:0/task:0/device:GPU:0}
     * @param type {@code CPU} or {@code GPU}
     * @param memoryBytes the memory TensorFlow may use there
     */
    public record Device(String name, String type, long memoryBytes) {
        /** The name within this machine, such as {@code GPU:0}. */
        public String shortName() {
            return name.substring(name.lastIndexOf("device:") + "device:".length());
        }
    }

    private static @Nullable List<Device> known;

    private Devices() {}

    /** All devices, the CPU first; asked once, at the first call. */
    public static synchronized List<Device> all() {
        List<Device> devices = known;
        if (devices == null) {
            devices = query();
            known = devices;
        }
        return devices;
    }

    /** Whether there is a GPU that TensorFlow can use. */
    public static boolean gpuPresent() {
        return all().stream().anyMatch(device -> device.type().equals("GPU"));
    }

    /** The device that graphs run on unless told otherwise: the first GPU, or the CPU. */
    public static Device preferred() {
        return all().stream()
                .filter(device -> device.type().equals("GPU"))
                .findFirst()
                .orElseGet(() -> all().get(0));
    }

    private static List<Device> query() {
        CudaRedistribution.load();
        TensorFlow.version(); // loads the native library
        try (PointerScope scope = new PointerScope()) {
            TF_Status status = TF_Status.newStatus();
            TF_Graph graph = TF_Graph.newGraph();
            TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
            // The first session of a process settles how memory grows and which cards are seen.
            BytePointer settings = new BytePointer(Gpus.settings().toByteArray());
            tensorflow.TF_SetConfig(options, settings, settings.limit(), status);
            status.throwExceptionIfNotOK();
            TF_Session session = TF_Session.newSession(graph, options, status);
            status.throwExceptionIfNotOK();
            TF_DeviceList list = tensorflow.TF_SessionListDevices(session, status);
            status.throwExceptionIfNotOK();
            List<Device> devices = new ArrayList<>();
            for (int i = 0; i < tensorflow.TF_DeviceListCount(list); i++) {
                devices.add(new Device(
                        tensorflow.TF_DeviceListName(list, i, status).getString(),
                        tensorflow.TF_DeviceListType(list, i, status).getString(),
                        tensorflow.TF_DeviceListMemoryBytes(list, i, status)));
            }
            tensorflow.TF_DeleteDeviceList(list);
            scope.detach(graph);
            graph.deallocate();
            requireChosen(devices);
            return List.copyOf(devices);
        }
    }

    private static void requireChosen(List<Device> devices) {
        if (Gpus.chosen().isPresent()
                && devices.stream().noneMatch(device -> device.type().equals("GPU"))) {
            throw new IllegalArgumentException("GPU " + Gpus.chosen().getAsInt()
                    + " was asked for, but TensorFlow sees none: leave it out to use the CPU, or see odeon doctor");
        }
    }
}
