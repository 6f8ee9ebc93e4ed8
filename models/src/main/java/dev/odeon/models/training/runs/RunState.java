package dev.odeon.models.training.runs;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint holds besides the model, as JSON.
 *
 * @param layout of the file
 * @param epochs the figures of all finished epochs
 * @param schedule what the schedule of the learning rate remembers
 * @param unfinished the epoch after these, if the run was interrupted in it
 */
record RunState(
        int layout,
        List<EpochRecord> epochs,
        Map<String, Double> schedule,
        @Nullable UnfinishedEpoch unfinished) {

    /** Grows whenever the records in the file change; the first one did not name itself. */
    static final int LAYOUT = 3;

    private static final int FIRST_LAYOUT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Refuses records that lack a number instead of taking it for zero. */
    private static final ObjectReader COMPLETE = JSON.readerFor(RunState.class)
            .with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    RunState {
        epochs = List.copyOf(epochs);
        schedule = Map.copyOf(schedule);
    }

    RunState(List<EpochRecord> epochs, Map<String, Double> schedule, @Nullable UnfinishedEpoch unfinished) {
        this(LAYOUT, epochs, schedule, unfinished);
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is missing, damaged, or of another layout
     */
    static RunState read(Path file) {
        try {
            JsonNode tree = JSON.readTree(file.toFile());
            if (!tree.path("epochs").isArray()) {
                throw new IOException("no epochs");
            }
            int layout = tree.path("layout").asInt(FIRST_LAYOUT);
            if (layout != LAYOUT) {
                throw new IllegalArgumentException(file + " has layout " + layout + " of "
                        + (layout < LAYOUT ? "an earlier" : "a later") + " version of Odeon, this one reads layout "
                        + LAYOUT + ": go on with the version that wrote it, or start a new run");
            }
            RunState state = COMPLETE.readValue(tree);
            if (state.epochs().isEmpty() && state.unfinished() == null) {
                throw new IOException("no epochs");
            }
            return state;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    file + " is missing or damaged: restore it from a copy, or start a new run", e);
        }
    }

    void write(Path file) throws IOException {
        JSON.writeValue(file.toFile(), this);
    }
}
