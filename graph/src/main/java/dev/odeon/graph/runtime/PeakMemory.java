package dev.odeon.graph.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.proto.AllocationRecord;
import org.tensorflow.proto.AllocatorMemoryUsed;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;

/**
 * The most memory that the tensors of one run take at the same time, by the record TensorFlow's allocators keep.
 *
 * <p>Variables and fed tensors existed before and are not counted.
 */
public final class PeakMemory {

    private PeakMemory() {}

    /**
     * Runs once, with every allocation recorded, which makes the run slower.
     *
     * @return bytes, the largest sum over time of what was allocated and not yet freed
     */
    public static long measure(Session.Runner runner) {
        RunOptions options = RunOptions.newBuilder()
                .setTraceLevel(RunOptions.TraceLevel.FULL_TRACE)
                .build();
        try (Result result = runner.setOptions(options).runAndFetchMetadata()) {
            return peak(result.getMetadata().orElseGet(RunMetadata::getDefaultInstance));
        }
    }

    private static long peak(RunMetadata metadata) {
        List<AllocationRecord> records = new ArrayList<>();
        for (DeviceStepStats device : metadata.getStepStats().getDevStatsList()) {
            for (NodeExecStats node : device.getNodeStatsList()) {
                for (AllocatorMemoryUsed used : node.getMemoryList()) {
                    records.addAll(used.getAllocationRecordsList());
                }
            }
        }
        // Of one moment, what is freed comes first: clocks tick in microseconds.
        records.sort(Comparator.comparingLong(AllocationRecord::getAllocMicros)
                .thenComparingLong(AllocationRecord::getAllocBytes));
        long live = 0;
        long peak = 0;
        for (AllocationRecord record : records) {
            live += record.getAllocBytes();
            peak = Math.max(peak, live);
        }
        return peak;
    }
}
