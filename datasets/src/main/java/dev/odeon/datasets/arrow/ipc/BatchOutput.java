package dev.odeon.datasets.arrow.ipc;

import dev.odeon.datasets.arrow.columns.ColumnSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** An IPC file that grows by one record batch after another; memory is that of one batch. */
public final class BatchOutput implements AutoCloseable {
    private final List<Field> fields;
    private final BufferAllocator allocator = Allocators.open();
    private final VectorSchemaRoot root;
    private final FileChannel channel;
    private final ArrowFileWriter writer;

    /**
     * Begins the file.
     *
     * @param file an existing one, which is written over
     * @param columns of the first batch, which fix the schema; not written yet
     * @param metadata texts of the schema
     */
    public BatchOutput(Path file, List<ColumnSource> columns, Map<String, String> metadata) throws IOException {
        this.fields = columns.stream().map(ColumnSource::field).toList();
        this.root = VectorSchemaRoot.create(new Schema(fields, metadata), allocator);
        this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
        this.writer = new ArrowFileWriter(root, null, channel);
        writer.start();
    }

    /**
     * Adds a batch.
     *
     * @param columns as those of the first batch
     * @throws IllegalArgumentException if their names or types differ
     */
    public void write(List<ColumnSource> columns) throws IOException {
        List<Field> given = columns.stream().map(ColumnSource::field).toList();
        if (!given.equals(fields)) {
            throw new IllegalArgumentException(
                    "A batch has the columns " + given + ": give those of the first batch, " + fields);
        }
        int rows = columns.get(0).rows();
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).fill(root.getVector(i), 0, rows);
        }
        root.setRowCount(rows);
        writer.writeBatch();
    }

    /** Writes the end of the file, without which it cannot be read. */
    public void end() throws IOException {
        writer.end();
    }

    @Override
    public void close() throws IOException {
        writer.close();
        channel.close();
        root.close();
        allocator.close();
    }
}
