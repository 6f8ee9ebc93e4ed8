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
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Understands the messages of an IPC stream: first a schema, then batches. */
public final class StreamParser {
    private static final int CONTINUATION = -1;
    private static final String EXPECTED = "an Arrow IPC stream";
    private static final String REMEDY = "write or send it again";

    private final Path name;
    private @Nullable Schema schema;

    public StreamParser(Path name) {
        this.name = name;
    }

    /** {@return the bytes of the header that follows an eight-byte prefix; 0 at the end} */
    public int headerLength(byte[] prefix) {
        ByteBuffer bytes = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN);
        if (prefix.length < 2 * Integer.BYTES || bytes.getInt(0) != CONTINUATION || bytes.getInt(Integer.BYTES) < 0) {
            throw damaged("something else where a message should begin");
        }
        return bytes.getInt(Integer.BYTES);
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

    /** {@return the table of a batch, or nothing for the schema} */
    public @Nullable TableContents message(ByteBuffer header, ByteBuffer body) {
        TableContents[] found = new TableContents[1];
        guarded(() -> {
            Message message = Message.getRootAsMessage(header);
            if (message.headerType() == MessageHeader.Schema && schema == null) {
                schema = schema(message);
            } else if (message.headerType() == MessageHeader.RecordBatch && schema != null) {
                found[0] = batch(message, schema, body);
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

    private TableContents batch(Message message, Schema known, ByteBuffer body) {
        RecordBatch batch = (RecordBatch) message.header(new RecordBatch());
        if (batch == null || batch.length() < 0 || batch.length() > Integer.MAX_VALUE) {
            throw damaged("a batch without rows");
        }
        List<MappedColumn> columns = SchemaReader.columns(name, known);
        new ColumnReader(name, batch, body).read(known, columns);
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
