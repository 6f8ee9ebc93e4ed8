package dev.odeon.datasets.arrow.ipc;

import dev.odeon.datasets.DataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The nodes and buffers of one batch, in their order; each is checked to lie inside the batch before it is handed out.
 *
 * <p>A batch lists one node (length, nulls) per field and, in the same order, the buffers that each field's type calls for.
 */
final class BatchBuffers {
    private final Path path;
    private final RecordBatch batch;
    private final ByteBuffer body;
    private final boolean unionsHaveValidity;
    private final Unpacking unpacking;
    private int node;
    private int buffer;
    private int view;
    private long bufferEnd;

    BatchBuffers(Path path, RecordBatch batch, ByteBuffer body, boolean unionsHaveValidity, Unpacking unpacking) {
        this.path = path;
        this.batch = batch;
        this.body = body;
        this.unionsHaveValidity = unionsHaveValidity;
        this.unpacking = unpacking;
        unpacking.admit(body.capacity());
    }

    /** {@return how many rows the batch has} */
    long rows() {
        return batch.length();
    }

    /** {@return the file} */
    Path path() {
        return path;
    }

    /** {@return the next node} */
    FieldNode nextNode() {
        if (node >= batch.nodesLength()) {
            throw damaged("a batch of " + node + " nodes", "more by the schema");
        }
        FieldNode next = batch.nodes(node++);
        if (next.length() < 0 || next.nullCount() < 0 || next.nullCount() > next.length()) {
            throw damaged(
                    "a column of " + next.length() + " rows, " + next.nullCount() + " of them null", "counts that fit");
        }
        return next;
    }

    /** {@return the next buffer, unpacked} */
    ByteBuffer nextBuffer() {
        return unpacking.unpack(place(), batch.compression());
    }

    /** {@return how many data buffers the next view has} */
    int nextViewBuffers() {
        if (view >= batch.variadicBufferCountsLength()) {
            throw damaged("a batch of " + view + " views", "more by the schema");
        }
        long count = batch.variadicBufferCounts(view++);
        if (count < 0 || count > batch.buffersLength() - buffer) {
            throw damaged("a view of " + count + " buffers", "as many as the batch has");
        }
        return (int) count;
    }

    /** Passes over a field and its children; nothing is unpacked. */
    void skip(Field field) {
        nextNode();
        int count = BufferCounts.of(field, unionsHaveValidity) + (BufferCounts.isView(field) ? nextViewBuffers() : 0);
        for (int i = 0; i < count; i++) {
            place();
        }
        if (field.getDictionary() == null) {
            field.getChildren().forEach(this::skip);
        }
    }

    /** Insists that everything was handed out. */
    void requireEnd() {
        if (node != batch.nodesLength() || buffer != batch.buffersLength()) {
            throw damaged(
                    "a batch of " + batch.nodesLength() + " nodes and " + batch.buffersLength() + " buffers",
                    node + " and " + buffer + " by the schema");
        }
    }

    private ByteBuffer place() {
        if (buffer >= batch.buffersLength()) {
            throw damaged("a batch of " + buffer + " buffers", "more by the schema");
        }
        Buffer next = batch.buffers(buffer++);
        if (next.offset() < 0 || next.length() < 0 || next.length() > body.capacity() - next.offset()) {
            throw damaged("a column that reaches out of its batch", "one inside it");
        }
        if (next.length() > 0) {
            if (next.offset() < bufferEnd) {
                throw damaged("buffers that overlap", "one after another");
            }
            bufferEnd = next.offset() + next.length();
        }
        return body.slice((int) next.offset(), (int) next.length()).order(ByteOrder.LITTLE_ENDIAN);
    }

    DataException damaged(String found, String expected) {
        return DataException.of(path, found, expected, "write or fetch the file again");
    }
}
