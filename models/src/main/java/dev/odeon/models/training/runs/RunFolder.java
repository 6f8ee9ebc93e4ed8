package dev.odeon.models.training.runs;

import dev.odeon.graph.files.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of a training run on disk: the last one and the best one, and of a run that failed the last good one.
 *
 * <p>{@code checkpoints/epoch-N} holds one checkpoint; the small files {@code checkpoints/last} and {@code
 * checkpoints/best} name which. A folder gets its name, and a name its new meaning, only when everything is written; so a
 * run that is killed, or whose machine loses power, loses at most the epoch in progress. Where a run is interrupted, {@code
 * checkpoints/last} names a checkpoint in the middle of an epoch, {@code in-epoch-N-after-K}. Where a run fails, {@code
 * checkpoints/failed} names the checkpoint that holds the parameters as the last good iteration left them; it goes when
 * a resumed run has come past that epoch.
 */
public final class RunFolder {

    private static final String LAST = "last";
    private static final String BEST = "best";
    private static final String FAILED = "failed";
    private static final String MODEL = "model";
    private static final String STATE = "state.json";
    private static final String PART = ".part";
    /** What checkpoints are called; everything else in the folder is somebody else's. */
    private static final Pattern CHECKPOINT =
            Pattern.compile("(failed-in-epoch-|in-epoch-[0-9]+-after-|epoch-)[0-9]+(\\.part)?");

    private final Path checkpoints;

    /** The run kept in a folder, which need not exist yet. */
    public RunFolder(Path folder) {
        this.checkpoints = folder.resolve("checkpoints");
    }

    /** Whether there is a checkpoint to resume from. */
    public boolean resumable() {
        return Files.isRegularFile(checkpoints.resolve(LAST));
    }

    /**
     * The checkpoint of the best epoch, as {@code Checkpoint} takes it.
     *
     * @throws IllegalArgumentException if the run has finished no epoch
     */
    public Path best() {
        return named(BEST).resolve(MODEL);
    }

    /** Brings a model back to its best epoch. */
    public void restoreBest(Trainable trainable) {
        trainable.restore(best());
    }

    /** Whether the run failed, so that there is more than its last epoch: the parameters of the last good iteration. */
    public boolean failed() {
        return Files.isRegularFile(checkpoints.resolve(FAILED));
    }

    /**
     * Brings a model of a run that failed back to what the last good iteration made of it.
     *
     * @throws IllegalArgumentException if the run did not fail
     */
    public void restoreLastGood(Trainable trainable) {
        trainable.restore(named(FAILED).resolve(MODEL));
    }

    /** Brings a model back to its last epoch, or to where it was interrupted. */
    RunState restoreLast(Trainable trainable) {
        Path folder = named(LAST);
        RunState state = RunState.read(folder.resolve(STATE));
        trainable.restore(folder.resolve(MODEL));
        return state;
    }

    /** Writes a checkpoint, then removes those that are neither last nor best. */
    void save(Trainable trainable, RunState state) {
        EpochRecord last = state.epochs().get(state.epochs().size() - 1);
        boolean best = TrainingResult.best(state.epochs())
                .filter(epoch -> epoch.epoch() == last.epoch())
                .isPresent();
        String name = "epoch-" + last.epoch();
        try {
            write(trainable, state, name);
            // The best before the last: a run killed in between repeats this epoch and finds the same.
            if (best) {
                point(BEST, name);
            }
            point(LAST, name);
            Files.deleteIfExists(checkpoints.resolve(FAILED));
            removeOthers();
        } catch (IOException e) {
            throw unwritten("The checkpoint of epoch " + last.epoch(), e);
        }
    }

    /**
     * Writes a checkpoint in the middle of the epoch after those of the state; it is the last one until that epoch is finished.
     *
     * @param iterations of that epoch that are done
     */
    void saveInterrupted(Trainable trainable, RunState state, int iterations) {
        // Never the name of an earlier one: until the new one is whole, the run goes on from that.
        String name = "in-epoch-" + (state.epochs().size() + 1) + "-after-" + iterations;
        try {
            write(trainable, state, name);
            point(LAST, name);
            removeOthers();
        } catch (IOException e) {
            throw unwritten("The checkpoint of the interrupted epoch", e);
        }
    }

    /**
     * Writes a checkpoint of a run that failed in the epoch after those of the state.
     *
     * @param trainable as the last good iteration left it
     */
    void saveFailed(Trainable trainable, RunState state) {
        String name = "failed-in-epoch-" + (state.epochs().size() + 1);
        try {
            // A name without a folder would be a damaged run.
            Files.deleteIfExists(checkpoints.resolve(FAILED));
            write(trainable, state, name);
            point(FAILED, name);
            removeOthers();
        } catch (IOException e) {
            throw unwritten("The last good checkpoint", e);
        }
    }

    private void write(Trainable trainable, RunState state, String name) throws IOException {
        Path folder = checkpoints.resolve(name);
        Path unfinished = checkpoints.resolve(name + PART);
        Folders.delete(unfinished);
        Folders.delete(folder);
        Files.createDirectories(unfinished);
        trainable.save(unfinished.resolve(MODEL));
        state.write(unfinished.resolve(STATE));
        Durable.folder(unfinished);
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private UncheckedIOException unwritten(String what, IOException cause) {
        return new UncheckedIOException(
                what + " cannot be written to " + checkpoints + ": make room, or choose another folder", cause);
    }

    private Path named(String pointer) {
        try {
            Path folder = checkpoints.resolve(
                    Files.readString(checkpoints.resolve(pointer)).strip());
            if (Files.isDirectory(folder)) {
                return folder;
            }
            throw new IllegalArgumentException(checkpoints.resolve(pointer) + " names " + folder.getFileName()
                    + ", which is not there: restore it from a copy, or start a new run");
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "There is no checkpoint in " + checkpoints + ": give the folder of a run that finished an epoch",
                    e);
        }
    }

    private void point(String pointer, String name) throws IOException {
        Path unfinished = checkpoints.resolve(pointer + PART);
        Files.writeString(unfinished, name);
        Durable.file(unfinished);
        Files.move(unfinished, checkpoints.resolve(pointer), StandardCopyOption.ATOMIC_MOVE);
        Durable.entries(checkpoints);
    }

    /** Removes the checkpoints that no name stands for; a name whose checkpoint is gone protects nothing. */
    private void removeOthers() throws IOException {
        Set<String> wanted = new HashSet<>();
        for (String pointer : List.of(LAST, BEST, FAILED)) {
            Path file = checkpoints.resolve(pointer);
            if (Files.isRegularFile(file)) {
                wanted.add(Files.readString(file).strip());
            }
        }
        List<Path> others;
        try (Stream<Path> entries = Files.list(checkpoints)) {
            others = entries.filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .filter(entry -> removable(String.valueOf(entry.getFileName()), wanted))
                    .toList();
        }
        for (Path other : others) {
            Folders.delete(other);
        }
    }

    private static boolean removable(String name, Set<String> wanted) {
        return CHECKPOINT.matcher(name).matches() && !wanted.contains(name);
    }
}
