package dev.odeon.graph.runtime;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
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

    private static final class Holder {
        static final List<Device> DEVICES = query();
    }

    private Devices() {}

    /** All devices, the CPU first; asked once, at the first call. */
    public static List<Device> all() {
        return Holder.DEVICES;
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
            return List.copyOf(devices);
        }
    }
}
