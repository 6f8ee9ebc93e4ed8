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
import org.tensorflow.proto.StepStats;

/**
 * The most memory that the tensors of one run take at the same time, by the record TensorFlow's allocators keep.
 *
 * <p>Of the allocator that gives out most: the device's own, as a rule. The clock of the records ticks in microseconds; of
 * what happens within one tick allocations are taken to come first, so the figure is never too low, and too high by what
 * one tick allocates and frees.
 *
 * <p>Variables and fed tensors existed before and are not counted.
 *
 * @param bytes the largest sum over time of what one allocator gave out and did not yet get back
 * @param whole false if the run had more operations than TensorFlow records, a million, so that only its beginning was seen;
 *     {@link LoopMemory} sees more of it
 */
public record PeakMemory(long bytes, boolean whole) {

    /** TensorFlow's limit, which has no setting. */
    private static final int MOST_RECORDS = 1 << 20;

    /** Runs once, with every allocation recorded, which makes the run slower. */
    public static PeakMemory measure(Session.Runner runner) {
        RunOptions options = RunOptions.newBuilder()
                .setTraceLevel(RunOptions.TraceLevel.FULL_TRACE)
                .build();
        try (Result result = runner.setOptions(options).runAndFetchMetadata()) {
            return of(result.getMetadata()
                    .orElseGet(RunMetadata::getDefaultInstance)
                    .getStepStats());
        }
    }

    private static PeakMemory of(StepStats stats) {
        Map<String, List<AllocationRecord>> records = new LinkedHashMap<>();
        int operations = 0;
        for (DeviceStepStats device : stats.getDevStatsList()) {
            operations += device.getNodeStatsCount();
            for (NodeExecStats node : device.getNodeStatsList()) {
                for (AllocatorMemoryUsed used : node.getMemoryList()) {
                    records.computeIfAbsent(
                                    device.getDevice() + " " + used.getAllocatorName(), name -> new ArrayList<>())
                            .addAll(used.getAllocationRecordsList());
                }
            }
        }
        long bytes = records.values().stream().mapToLong(PeakMemory::peak).max().orElse(0);
        return new PeakMemory(bytes, operations < MOST_RECORDS);
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
