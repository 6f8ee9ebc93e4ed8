package dev.odeon.datasets.arrow.ipc;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.columns.MappedColumn;
import dev.odeon.datasets.arrow.columns.TableContents;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Understands the messages of an IPC stream: first a schema, then dictionaries and batches.
 *
 * <p>A message begins with the length of its header, int32. Since Arrow 0.15 the number -1 stands before it; both forms are
 * read. A length of 0 ends the stream.
 */
public final class StreamParser {
    private static final int CONTINUATION = -1;
    private static final String EXPECTED = "an Arrow IPC stream";
    private static final String REMEDY = "write or send it again";

    private final Path name;
    private final Unpacking unpacking;
    private @Nullable Schema schema;
    private @Nullable Dictionaries dictionaries;

    public StreamParser(Path name) {
        this.name = name;
        unpacking = new Unpacking(name);
    }

    /** Takes the next four bytes of a stream. */
    @FunctionalInterface
    public interface Next<E extends Exception> {
        /**
         * Reads.
         *
         * @return four bytes, or fewer where the stream ends
         */
        byte[] bytes() throws E;
    }

    /** {@return the bytes of the header that follows; 0 at the end} */
    public <E extends Exception> int headerLength(Next<E> next) throws E {
        int length = number(next.bytes());
        if (length == CONTINUATION) {
            length = number(next.bytes());
        }
        if (length < 0) {
            throw nothingBegins();
        }
        return length;
    }

    private int number(byte[] bytes) {
        if (bytes.length < Integer.BYTES) {
            throw nothingBegins();
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private DataException nothingBegins() {
        return damaged("something else where a message should begin");
    }

    /** {@return whether a message of the form before Arrow 0.15, from the length of its header on, is a schema} */
    static boolean beginsOldStream(ByteBuffer start, long size) {
        int length = start.getInt(0);
        if (length <= 0 || length > size - Integer.BYTES || length > start.capacity() - Integer.BYTES) {
            return false;
        }
        try {
            ByteBuffer header = start.slice(Integer.BYTES, length).order(ByteOrder.LITTLE_ENDIAN);
            Message message = Message.getRootAsMessage(header);
            return message.headerType() == MessageHeader.Schema
                    && message.bodyLength() == 0
                    && message.header(new org.apache.arrow.flatbuf.Schema()) != null;
        } catch (RuntimeException e) {
            return false; // Flatbuffers are read unverified: anything else than a message ends like this.
        }
    }

    /** {@return the bytes of the body that follows a header} */
    public int bodyLength(ByteBuffer header) {
        return guarded(() -> {
            long length = Message.getRootAsMessage(header.duplicate().order(ByteOrder.LITTLE_ENDIAN))
                    .bodyLength();
            if (length < 0 || length > Integer.MAX_VALUE) {
                throw damaged("a batch of " + length + " bytes");
            }
            return (int) length;
        });
    }

    /** {@return the table of a batch, or nothing for the schema or a dictionary} */
    public @Nullable TableContents message(ByteBuffer header, ByteBuffer body) {
        TableContents[] found = new TableContents[1];
        guarded(() -> {
            Message message = Message.getRootAsMessage(header);
            SchemaReader.requireVersion(name, message.version());
            boolean oldUnions = message.version() < MetadataVersion.V5;
            if (message.headerType() == MessageHeader.Schema && schema == null) {
                schema = schema(message);
                dictionaries = new Dictionaries(name, schema, Dictionaries.Replacement.ALLOWED);
            } else if (message.headerType() == MessageHeader.DictionaryBatch && dictionaries != null) {
                if (!(message.header(new DictionaryBatch()) instanceof DictionaryBatch dictionary)) {
                    throw damaged("a dictionary without values");
                }
                dictionaries.read(dictionary, body, oldUnions, unpacking);
            } else if (message.headerType() == MessageHeader.RecordBatch && schema != null && dictionaries != null) {
                found[0] = batch(message, schema, dictionaries, body);
            } else {
                throw damaged("a message of type " + message.headerType());
            }
            return 0;
        });
        return found[0];
    }

    public void requireSchema() {
        if (schema == null) {
            throw damaged("nothing");
        }
    }

    /** {@return the schema read first} */
    Schema schema() {
        requireSchema();
        return Objects.requireNonNull(schema);
    }

    private Schema schema(Message message) {
        org.apache.arrow.flatbuf.Schema flat =
                (org.apache.arrow.flatbuf.Schema) message.header(new org.apache.arrow.flatbuf.Schema());
        if (flat == null) {
            throw damaged("no schema");
        }
        return SchemaReader.read(name, flat);
    }

    private TableContents batch(Message message, Schema known, Dictionaries values, ByteBuffer body) {
        RecordBatch batch = (RecordBatch) message.header(new RecordBatch());
        if (batch == null || batch.length() < 0 || batch.length() > Integer.MAX_VALUE) {
            throw damaged("a batch without rows");
        }
        List<MappedColumn> columns = SchemaReader.columns(name, known, SchemaReader.Encoding.DICTIONARIES_READ);
        boolean oldUnions = message.version() < MetadataVersion.V5;
        new ColumnReader(new BatchBuffers(name, batch, body, oldUnions, unpacking), values).read(known, columns);
        Map<String, String> metadata = Map.copyOf(known.getCustomMetadata());
        return new TableContents(columns, metadata, (int) batch.length());
    }

    private interface Step {
        int run();
    }

    private int guarded(Step step) {
        try {
            return step.run();
        } catch (DataException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // Flatbuffers are read unverified: wild offsets surface as any of these.
            throw DataException.of(name, "damaged inside (" + e.getClass().getSimpleName() + ")", EXPECTED, REMEDY, e);
        }
    }

    public DataException damaged(String found) {
        return DataException.of(name, found, EXPECTED, REMEDY);
    }
}
