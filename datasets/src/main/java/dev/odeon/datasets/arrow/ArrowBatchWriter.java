package dev.odeon.datasets.arrow;

import dev.odeon.datasets.AtomicFile;
import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.columns.ColumnSource;
import dev.odeon.datasets.arrow.ipc.BatchOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tensorflow.types.family.TType;

/**
 * Writes tensors batch by batch as an Arrow IPC file, in the memory of one batch.
 *
 * <pre>{@code
 * try (ArrowBatchWriter writer = ArrowBatchWriter.to(Path.of("y.arrow"))) {
 *     for (...) {
 *         writer.write(Map.of("y", y)); // TFloat64 [rows, ...]
 *     }
 *     writer.finish();
 * }
 * }</pre>
 *
 * <p>The file appears complete, when {@link #finish} returns, or not at all. For a table that is in memory as a whole take
 * {@link ArrowTableWriter}.
 */
public final class ArrowBatchWriter implements AutoCloseable {
    private final Path path;
    private final Path folder;
    private final Path temporary;
    private @Nullable BatchOutput output;

    private ArrowBatchWriter(Path path, Path folder, Path temporary) {
        this.path = path;
        this.folder = folder;
        this.temporary = temporary;
    }

    /**
     * Begins a file.
     *
     * @param path the file to write; folders above it are made
     * @return a writer without columns, which the first batch brings
     * @throws DataException if the path is that of a folder
     */
    public static ArrowBatchWriter to(Path path) {
        Path file = path.toAbsolutePath();
        Path folder = file.getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw DataException.of(path, "is a folder", "the name of a file to write", "give a file name");
        }
        return new ArrowBatchWriter(
                path, folder, folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".part"));
    }

    /**
     * Adds a batch.
     *
     * @param columns by name: tensors of int32, int64, float32 or float64, of shape [rows] or [rows, ...], of as many rows;
     *     those of later batches as those of the first. They are read before this returns
     * @throws DataException if the file cannot be written
     * @throws IllegalArgumentException if a tensor is of another type or shape
     */
    public void write(Map<String, ? extends TType> columns) {
        Map<String, String> metadata = new TreeMap<>();
        List<ColumnSource> sources = new ArrayList<>();
        columns.forEach((name, tensor) -> sources.add(TensorColumn.of(name, tensor, metadata)));
        for (ColumnSource source : sources) {
            if (source.rows() != sources.get(0).rows()) {
                throw new IllegalArgumentException("column " + source.name() + " has " + source.rows() + " rows: give "
                        + sources.get(0).rows() + ", as column "
                        + sources.get(0).name() + " has");
            }
        }
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a batch without columns: give one at least");
        }
        try {
            BatchOutput open = output;
            if (open == null) {
                Files.createDirectories(folder);
                Files.createFile(temporary);
                open = new BatchOutput(temporary, sources, metadata);
                output = open;
            }
            open.write(sources);
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    /**
     * Gives the complete file its name.
     *
     * @throws DataException if the file cannot be written
     * @throws IllegalStateException if there was no batch
     */
    public void finish() {
        BatchOutput open = output;
        if (open == null) {
            throw new IllegalStateException("a file needs a batch, which says what its columns are: write one");
        }
        try {
            open.end();
            open.close();
            output = null;
            AtomicFile.move(temporary, path.toAbsolutePath());
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    private DataException unwritten(IOException cause) {
        return DataException.of(
                path,
                "cannot be written (" + cause + ")",
                "a folder with write permission and free space",
                "choose another place",
                cause);
    }

    /** Removes what was not finished. */
    @Override
    public void close() {
        try {
            BatchOutput open = output;
            if (open != null) {
                output = null;
                open.close();
            }
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw unwritten(e);
        }
    }
}
