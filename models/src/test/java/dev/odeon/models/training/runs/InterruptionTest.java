package dev.odeon.models.training.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.models.schedules.ReduceOnPlateau;
import dev.odeon.solvers.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that is asked to end leaves everything from which it goes on, and nothing else. */
class InterruptionTest {

    private static final int BATCHES = OneNumber.BATCHES;
    private static final int EPOCHS = 6;

    @TempDir
    private Path folder = Path.of("");

    /** One number that every iteration moves, except the third, which fails. */
    private static final class Scalar extends OneNumber {

        @Override
        public Iteration train(int epoch, int batch, double learningRate) {
            iterations++;
            boolean failed = epoch == 1 && batch == 2;
            if (!failed) {
                value += learningRate * (epoch + 0.1 * batch);
            }
            return new Iteration(failed ? Double.NaN : Math.abs(value - 1) / 3, Outcome.SUCCESS, 4, 8, Map.of());
        }

        @Override
        public Evaluation evaluate() {
            return new Evaluation(Outcome.SUCCESS, Math.abs(value - 1), 2);
        }
    }

    private static Trainer trainer() {
        return Trainer.of(EPOCHS, new ReduceOnPlateau(0.1, 1, 0.5)).withOnFailure(OnFailure.skip(1));
    }

    private Trainer kept() {
        return trainer().withFolder(new RunFolder(folder));
    }

    private static Trainer interrupted(Trainer trainer, int iterations) {
        After after = After.iterations(iterations);
        return trainer.withInterruption(after).withListener(after);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** In the first epoch; after one that was passed over; in the middle; after the last iteration of an epoch. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 1, 3", "8, 3, 2", "9, 3, 3", "18, 6, 3"})
    void goesOnAfterTheIterationInProgressAsIfNothingHadHappened(int iterations, int epoch, int done)
            throws IOException {
        TrainingResult whole = trainer().start(new Scalar());
        Scalar first = new Scalar();
        TrainingResult result = interrupted(kept(), iterations).start(first);
        assertThat(result.ending()).isEqualTo(new Ending.Interrupted(epoch, done));
        assertThat(result.ending().where()).isEqualTo("in epoch " + epoch + ", after iteration " + done);
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(first.iterations).isEqualTo(iterations);
        assertThat(new RunFolder(folder).resumable()).isTrue();
        Scalar second = new Scalar();
        TrainingResult resumed = kept().resume(second);
        assertThat(Records.withoutTimes(resumed)).isEqualTo(Records.withoutTimes(whole));
        assertThat(resumed.ending()).isEqualTo(new Ending.Finished());
        // No iteration is repeated.
        assertThat(first.iterations + second.iterations).isEqualTo(EPOCHS * BATCHES);
        assertThat(files()).noneMatch(name -> name.startsWith("in-epoch"));
    }

    /** As a signal that comes during the validation. */
    @Test
    void betweenTwoEpochsTheLastFinishedOneIsAllThereIs() throws IOException {
        AtomicBoolean asked = new AtomicBoolean();
        TrainingListener asking = new TrainingListener() {
            @Override
            public void epoch(EpochRecord figures) {
                asked.set(figures.epoch() == 2);
            }
        };
        TrainingResult result =
                kept().withInterruption(asked::get).withListener(asking).start(new Scalar());
        assertThat(result.ending()).isEqualTo(new Ending.Interrupted(3, 0));
        assertThat(files()).contains("epoch-2").noneMatch(name -> name.startsWith("in-epoch"));
        assertThat(Records.withoutTimes(kept().resume(new Scalar())))
                .isEqualTo(Records.withoutTimes(trainer().start(new Scalar())));
    }

    @Test
    void aRunIsInterruptedAsOftenAsOneLikes() throws IOException {
        TrainingResult whole = trainer().start(new Scalar());
        TrainingResult result = interrupted(kept(), 1).start(new Scalar());
        int parts = 1;
        while (result.ending() instanceof Ending.Interrupted) {
            assertThat(files()).filteredOn(name -> name.startsWith("in-epoch")).hasSize(1);
            result = interrupted(kept(), 1).resume(new Scalar());
            parts++;
        }
        assertThat(parts).isGreaterThanOrEqualTo(EPOCHS * BATCHES);
        assertThat(Records.withoutTimes(result)).isEqualTo(Records.withoutTimes(whole));
    }

    @Test
    void withEarlyStoppingItStopsWhereItWouldHave() {
        EarlyStopping stop = new EarlyStopping(1);
        TrainingResult whole = trainer().withStop(stop).start(new Scalar());
        assertThat(whole.ending()).isInstanceOf(Ending.Stopped.class);
        int last = whole.epochs().size() * BATCHES;
        // In the epoch after which it stops, and when that epoch is over.
        for (int iterations : new int[] {last - 1, last}) {
            RunFolder run = new RunFolder(folder.resolve("after-" + iterations));
            TrainingResult first = interrupted(trainer().withStop(stop).withFolder(run), iterations)
                    .start(new Scalar());
            assertThat(first.ending()).isInstanceOf(Ending.Interrupted.class);
            TrainingResult resumed = trainer().withStop(stop).withFolder(run).resume(new Scalar());
            assertThat(resumed.ending()).isEqualTo(whole.ending());
            assertThat(Records.withoutTimes(resumed)).isEqualTo(Records.withoutTimes(whole));
        }
    }

    @Test
    void beforeAnythingIsTrainedNothingIsWritten() {
        TrainingResult result = kept().withInterruption(() -> true).start(new Scalar());
        assertThat(result.ending()).isEqualTo(new Ending.Interrupted(1, 0));
        assertThat(result.ending().where()).isEqualTo("before epoch 1");
        assertThat(folder.resolve("checkpoints")).doesNotExist();
    }

    @Test
    void aNewRunWhereThereIsOneIsRefusedWithTheRemedy() {
        interrupted(kept(), 2).start(new Scalar());
        Scalar fresh = new Scalar();
        assertThatThrownBy(() -> kept().start(fresh))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds the checkpoints of a run: resume it, or take another folder");
        assertThat(fresh.iterations).isZero();
    }

    @Test
    void aNameWhoseCheckpointIsGoneIsNoObstacleAndWhatIsNotOursStays() throws IOException {
        interrupted(kept(), 3 * BATCHES).start(new Scalar());
        Path checkpoints = folder.resolve("checkpoints");
        Files.writeString(checkpoints.resolve("best"), "epoch-77");
        Path mine = Files.createDirectories(checkpoints.resolve("mine"));
        Path epochs = Files.createDirectories(checkpoints.resolve("epoch-notes"));
        Files.createDirectories(checkpoints.resolve("epoch-76.part"));
        TrainingResult resumed = kept().resume(new Scalar());
        assertThat(Records.withoutTimes(resumed))
                .isEqualTo(Records.withoutTimes(trainer().start(new Scalar())));
        assertThat(mine).isDirectory();
        assertThat(epochs).isDirectory();
        assertThat(files()).contains("last", "epoch-" + EPOCHS).doesNotContain("epoch-76.part");
    }

    @Test
    void refusesTheStateOfAnotherLayoutAndNamesBoth() throws IOException {
        kept().start(new Scalar());
        Path state = folder.resolve("checkpoints/epoch-" + EPOCHS + "/state.json");
        String text = Files.readString(state);
        String own = "\"layout\":" + RunState.LAYOUT + ",";
        assertThat(text).contains(own);
        // The first layout did not name itself.
        for (String[] other :
                new String[][] {{"", "layout 1 of an earlier"}, {"\"layout\":99,", "layout 99 of a later"}}) {
            Files.writeString(state, text.replace(own, other[0]));
            assertThatThrownBy(() -> kept().resume(new Scalar()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(
                            "state.json",
                            other[1],
                            "reads layout " + RunState.LAYOUT,
                            "go on with the version that wrote it, or start a new run");
        }
    }

    @Test
    void anEpochThatWeighsNothingIsRefused() {
        Trainable weightless = new Trainable() {
            @Override
            public int batches() {
                return 1;
            }

            @Override
            public Iteration train(int epoch, int batch, double learningRate) {
                return new Iteration(1, 0, true, List.of(), Map.of());
            }

            @Override
            public Evaluation evaluate() {
                return new Evaluation(Outcome.SUCCESS, 1, 0);
            }

            @Override
            public void save(Path prefix) {}

            @Override
            public void restore(Path prefix) {}
        };
        assertThatThrownBy(() -> trainer().start(weightless))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("iterations of epoch 1 weigh 0 together");
    }
}
