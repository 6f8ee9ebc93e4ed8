package dev.odeon.experiments.training;

import dev.odeon.models.training.events.TensorBoard;
import dev.odeon.models.training.runs.EarlyStopping;
import dev.odeon.models.training.runs.OnFailure;
import dev.odeon.models.training.runs.StopRule;
import dev.odeon.models.training.runs.Trainer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a training is carried out, whatever is learned; a resumed run may be given other rules than it was started with.
 *
 * @param stop when it has trained enough
 * @param onFailure what follows a failed iteration
 * @param events whether TensorBoard is to see it
 */
public record RunRules(StopRule stop, OnFailure onFailure, Events events) {

    /** Whether events are written. */
    public enum Events {
        NONE,
        WRITTEN
    }

    /** The word for no patience. */
    private static final String NONE = "none";

    private static final Map<String, Events> EVENTS = Map.of("no", Events.NONE, "yes", Events.WRITTEN);

    /** The options. */
    static final List<ExperimentOption> OPTIONS = List.of(
            CommonOption.PATIENCE.of(NONE), CommonOption.SKIP_FAILED.of("0"), CommonOption.TENSORBOARD.of("no"));

    /**
     * Those of the settings.
     *
     * @throws IllegalArgumentException if one is of no use
     */
    public static RunRules of(Settings settings) {
        String patience = CommonOption.PATIENCE.option();
        String skips = CommonOption.SKIP_FAILED.option();
        StopRule stop = StopRule.NEVER;
        if (!settings.text(patience).equals(NONE)) {
            long epochs = settings.wholeOr(patience, "give a whole number, 1 or more, or " + NONE);
            if (epochs < 1 || epochs > Integer.MAX_VALUE) {
                throw settings.bad(patience, "give a whole number, 1 or more, or " + NONE);
            }
            stop = new EarlyStopping((int) epochs);
        }
        long skipped = settings.whole(skips);
        if (skipped < 0 || skipped > Integer.MAX_VALUE) {
            throw settings.bad(skips, "give a whole number, 0 or more");
        }
        return new RunRules(
                stop, new OnFailure((int) skipped), settings.choice(CommonOption.TENSORBOARD.option(), EVENTS));
    }

    /** Whether a resumed run may be given another value of an option. */
    public static boolean mayChange(String option) {
        return OPTIONS.stream().anyMatch(rule -> rule.name().equals(option));
    }

    /** Settings of a run with the rules that it does not know yet. */
    static Map<String, String> completed(Map<String, String> stored) {
        Map<String, String> completed = new LinkedHashMap<>(stored);
        OPTIONS.forEach(option ->
                completed.putIfAbsent(option.name(), option.standard().rule().apply(Preset.BEST, Map.of())));
        return completed;
    }

    public Trainer applied(Trainer trainer) {
        return trainer.withStop(stop).withOnFailure(onFailure);
    }

    /** Writes events to the folder {@code events}; null if nobody wants them. */
    public @Nullable TensorBoard tensorBoard(Path out) {
        return events == Events.WRITTEN ? new TensorBoard(out.resolve("events"), Clock.systemUTC()) : null;
    }
}
