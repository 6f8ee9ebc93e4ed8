package dev.odeon.graph.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * <p>Of the allocator that gives out most: the device's own, as a rule. The clock of the records ticks in microseconds; of
 * what happens within one tick allocations are taken to come first, so the figure is never too low, and too high by what
 * one tick allocates and frees.
 *
 * <p>Variables and fed tensors existed before and are not counted.
 */
public final class PeakMemory {

    private PeakMemory() {}

    /**
     * Runs once, with every allocation recorded, which makes the run slower.
     *
     * @return bytes, the largest sum over time of what one allocator gave out and did not yet get back
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
        Map<String, List<AllocationRecord>> records = new LinkedHashMap<>();
        for (DeviceStepStats device : metadata.getStepStats().getDevStatsList()) {
            for (NodeExecStats node : device.getNodeStatsList()) {
                for (AllocatorMemoryUsed used : node.getMemoryList()) {
                    records.computeIfAbsent(
                                    device.getDevice() + " " + used.getAllocatorName(), name -> new ArrayList<>())
                            .addAll(used.getAllocationRecordsList());
                }
            }
        }
        return records.values().stream().mapToLong(PeakMemory::peak).max().orElse(0);
    }

    private static long peak(List<AllocationRecord> records) {
        records.sort(Comparator.comparingLong(AllocationRecord::getAllocMicros)
                .thenComparing(Comparator.comparingLong(AllocationRecord::getAllocBytes)
                        .reversed()));
        long live = 0;
        long peak = 0;
        for (AllocationRecord record : records) {
            live += record.getAllocBytes();
            peak = Math.max(peak, live);
        }
        return peak;
    }
}
