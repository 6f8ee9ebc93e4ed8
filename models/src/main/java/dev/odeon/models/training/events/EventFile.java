package dev.odeon.models.training.events;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.zip.CRC32C;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

/**
 * A file of events as TensorBoard reads them: records of TFRecord form, each an {@code Event} message.
 *
 * <p>A record is its length in 8 bytes, the masked checksum of these, the message, and the masked checksum of that, all
 * little-endian; the checksum is CRC32C, turned right by 15 bits plus 0xa282ead8.
 */
public final class EventFile implements AutoCloseable {

    private static final String PREFIX = "events.out.tfevents.";
    private static final String VERSION = "brain.Event:2";
    private static final int MASK = 0xa282ead8;

    private final Path file;
    private final Clock clock;
    private final OutputStream stream;

    private EventFile(Path file, Clock clock, OutputStream stream) {
        this.file = file;
        this.clock = clock;
        this.stream = stream;
    }

    /**
     * Starts a new file in a folder, which is made where it is missing; a folder may hold several, one for each time a run
     * was resumed.
     */
    public static EventFile create(Path folder, Clock clock) {
        Path file = folder;
        try {
            Files.createDirectories(folder);
            String name = PREFIX + String.format("%010d", clock.instant().getEpochSecond()) + ".odeon";
            file = folder.resolve(name);
            for (int i = 1; Files.exists(file); i++) {
                file = folder.resolve(name + "." + i);
            }
            EventFile events = new EventFile(
                    file, clock, new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)));
            events.write(events.event(0).setFileVersion(VERSION));
            return events;
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    /** The file. */
    public Path path() {
        return file;
    }

    /** Says that what earlier files tell of this step and later ones does not count: the run was resumed before it. */
    public void restart(long step) {
        write(event(step).setSessionLog(SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START)));
    }

    /** Writes numbers of one step by name. */
    public void scalars(long step, Map<String, Double> values) {
        Summary.Builder summary = Summary.newBuilder();
        values.forEach((name, value) ->
                summary.addValue(Summary.Value.newBuilder().setTag(name).setSimpleValue(value.floatValue())));
        write(event(step).setSummary(summary));
    }

    private Event.Builder event(long step) {
        return Event.newBuilder().setWallTime(clock.millis() / 1e3).setStep(step);
    }

    private void write(Event.Builder event) {
        byte[] message = event.build().toByteArray();
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(message.length)
                .array();
        byte[] record = ByteBuffer.allocate(Long.BYTES + message.length + 2 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(length)
                .putInt(checksum(length))
                .put(message)
                .putInt(checksum(message))
                .array();
        try {
            stream.write(record);
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return Integer.rotateRight((int) sum.getValue(), 15) + MASK;
    }

    /** Hands everything to the operating system, so that TensorBoard sees it. */
    public void flush() {
        try {
            stream.flush();
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw unwritten(file, e);
        }
    }

    private static UncheckedIOException unwritten(Path file, IOException cause) {
        return new UncheckedIOException(
                "The events cannot be written to " + file + ": make room, or choose another folder", cause);
    }
}
