package dev.odeon.models.training.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.odeon.models.schedules.Moment;
import dev.odeon.models.training.runs.Ending;
import dev.odeon.models.training.runs.EpochRecord;
import dev.odeon.models.training.runs.Iteration;
import dev.odeon.models.training.runs.TrainingResult;
import dev.odeon.solvers.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;

class TensorBoardTest {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

    @TempDir
    private Path folder = Path.of("");

    /** CRC32C bit by bit, after its definition, masked as records are. */
    private static int masked(byte[] bytes) {
        int crc = -1;
        for (byte each : bytes) {
            crc ^= each & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
            }
        }
        crc = ~crc;
        return (crc >>> 15 | crc << 17) + 0xa282ead8;
    }

    /** Reads a file as TensorFlow's reader does: both checksums of each record must be right. */
    private static List<Event> read(Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (buffer.hasRemaining()) {
            byte[] length = new byte[8];
            buffer.get(length);
            assertThat(buffer.getInt()).isEqualTo(masked(length));
            byte[] message = new byte
                    [Math.toIntExact(ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong())];
            buffer.get(message);
            assertThat(buffer.getInt()).isEqualTo(masked(message));
            events.add(Event.parseFrom(message));
        }
        return events;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static Map<String, Float> scalars(Event event) {
        Map<String, Float> scalars = new LinkedHashMap<>();
        event.getSummary().getValueList().forEach(value -> scalars.put(value.getTag(), value.getSimpleValue()));
        return scalars;
    }

    private static EpochRecord epoch(int number) {
        return new EpochRecord(number, 0.1, 0.5, 0.25, 0.25, 10, 40, 80, 20, 1.5, 1, Map.of("accuracy", 0.75));
    }

    @Test
    void theChecksumIsThatOfTheStandard() {
        // The check value of CRC-32C, 0xe3069283, masked.
        int check = 0xe3069283;
        assertThat(masked("123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo((check >>> 15 | check << 17) + 0xa282ead8);
    }

    @Test
    void writesEveryIterationAndEveryEpoch() throws IOException {
        try (TensorBoard board = new TensorBoard(folder, CLOCK)) {
            board.begin(List.of());
            for (int batch = 0; batch < 3; batch++) {
                board.iteration(
                        new Moment(1, batch, 3, 2),
                        0.1,
                        new Iteration(1.0 / (batch + 1), Outcome.SUCCESS, 40, 40, Map.of()));
            }
            board.epoch(epoch(1));
            // Everything can be read while the run goes on.
            assertThat(read(files(folder.resolve("iterations")).get(0))).hasSize(4);
            board.end(new TrainingResult(List.of(epoch(1)), new Ending.Finished()));
        }
        List<Event> iterations = read(files(folder.resolve("iterations")).get(0));
        assertThat(iterations.get(0).getFileVersion()).isEqualTo("brain.Event:2");
        assertThat(iterations.get(2).getStep()).isEqualTo(1);
        assertThat(iterations.get(2).getWallTime()).isEqualTo(1.7e9);
        assertThat(scalars(iterations.get(2)))
                .containsEntry("iteration/loss", 0.5f)
                .containsEntry("iteration/learning_rate", 0.1f)
                .containsEntry("iteration/nfe_forward", 40f);
        List<Event> epochs = read(files(folder.resolve("epochs")).get(0));
        assertThat(epochs).hasSize(2);
        assertThat(epochs.get(1).getStep()).isEqualTo(1);
        assertThat(scalars(epochs.get(1)))
                .containsEntry("epoch/train_loss", 0.5f)
                .containsEntry("epoch/valid_loss", 0.25f)
                .containsEntry("epoch/skipped", 1f)
                .containsEntry("epoch/accuracy", 0.75f);
        assertThat(scalars(epochs.get(1)).get("epoch/nfe_backward")).isCloseTo(80f, within(0f));
    }

    @Test
    void aResumedRunSaysFromWhereOnTheEarlierFilesDoNotCount() throws IOException {
        try (TensorBoard board = new TensorBoard(folder, CLOCK)) {
            board.begin(List.of());
            board.iteration(new Moment(1, 0, 3, 2), 0.1, new Iteration(1, Outcome.SUCCESS, 1, 1, Map.of()));
            board.begin(List.of(epoch(1)));
            board.iteration(new Moment(2, 0, 3, 2), 0.1, new Iteration(1, Outcome.SUCCESS, 1, 1, Map.of()));
        }
        List<Path> iterations = files(folder.resolve("iterations"));
        assertThat(iterations).hasSize(2);
        Event restart = read(iterations.get(1)).get(1);
        assertThat(restart.getSessionLog().getStatus()).isEqualTo(SessionLog.SessionStatus.START);
        assertThat(restart.getStep()).isEqualTo(3);
        assertThat(read(files(folder.resolve("epochs")).get(1)).get(1).getStep())
                .isEqualTo(2);
    }
}
