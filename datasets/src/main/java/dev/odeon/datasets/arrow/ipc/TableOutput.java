package dev.odeon.datasets.arrow.ipc;

import dev.odeon.datasets.arrow.columns.ColumnSource;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Writes columns as record batches, into a file or a stream.
 *
 * @param columns one at least, all of as many rows
 * @param metadata texts of the schema
 */
public record TableOutput(List<ColumnSource> columns, Map<String, String> metadata) {
    // Large enough that the cost per batch vanishes, small enough that a reader can stream.
    private static final long BATCH_BYTES = 16L << 20;

    /** Writes an IPC file over an existing file. */
    public void toFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            write(root -> new ArrowFileWriter(root, null, channel));
        }
    }

    /** Writes an IPC stream and leaves what takes it open. */
    public void toStream(OutputStream out) throws IOException {
        write(root -> new ArrowStreamWriter(root, null, new Uncloseable(out)));
    }

    private void write(Function<VectorSchemaRoot, ArrowWriter> writers) throws IOException {
        List<Field> fields = columns.stream().map(ColumnSource::field).toList();
        int rows = columns.get(0).rows();
        long bytes = columns.stream().mapToLong(ColumnSource::bytes).sum();
        int batchRows = (int) Math.max(1, Math.min(rows, BATCH_BYTES * rows / Math.max(1, bytes)));
        try (BufferAllocator allocator = Allocators.open();
                VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(fields, metadata), allocator);
                ArrowWriter writer = writers.apply(root)) {
            writer.start();
            for (int first = 0; first < rows; first += batchRows) {
                int count = Math.min(batchRows, rows - first);
                for (int i = 0; i < columns.size(); i++) {
                    columns.get(i).fill(root.getVector(i), first, count);
                }
                root.setRowCount(count);
                writer.writeBatch();
            }
            writer.end();
        }
    }

    /** The end of an Arrow stream is not the end of what carries it. */
    private static final class Uncloseable extends FilterOutputStream {
        Uncloseable(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
