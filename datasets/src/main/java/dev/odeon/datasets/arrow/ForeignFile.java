package dev.odeon.datasets.arrow;

import dev.odeon.datasets.AtomicFile;
import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.ipc.Allocators;
import dev.odeon.datasets.csv.CsvFormat;
import dev.odeon.datasets.csv.CsvTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.arrow.dataset.file.FileFormat;
import org.apache.arrow.dataset.file.FileSystemDatasetFactory;
import org.apache.arrow.dataset.jni.NativeMemoryPool;
import org.apache.arrow.dataset.scanner.ScanOptions;
import org.apache.arrow.dataset.scanner.Scanner;
import org.apache.arrow.dataset.source.Dataset;
import org.apache.arrow.dataset.source.DatasetFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * Tables in files of other formats, read by Arrow's C++ library.
 *
 * <p>Needs {@code org.apache.arrow:arrow-dataset} on the class path, which Odeon does not bring along. For tables that are
 * read more than once, {@link #convert} them once: Arrow IPC files are mapped, not decoded. Unlike the rest of this
 * package the C++ library trusts its input: read only files whose source you trust.
 */
public final class ForeignFile {
    private static final long BATCH_ROWS = 1 << 16;

    /** The formats. */
    public enum Format {
        /** Apache Parquet. */
        PARQUET(FileFormat.PARQUET),
        /** Comma-separated values with names in the first line; types are guessed from the values. */
        CSV(FileFormat.CSV);

        private final FileFormat format;

        Format(FileFormat format) {
            this.format = format;
        }
    }

    private ForeignFile() {}

    /**
     * Reads a file batch by batch.
     *
     * @param file the file
     * @param format what it is
     * @param consumer takes each batch as a table, which it must not keep
     * @throws DataException if the file is missing, damaged or of another format
     */
    public static void read(Path file, Format format, Consumer<ArrowTable> consumer) {
        scan(file, format, reader -> {
            while (reader.loadNextBatch()) {
                consumer.accept(ArrowTable.of(file.toString(), reader.getVectorSchemaRoot()));
            }
        });
    }

    /**
     * Writes the table of a file as an Arrow IPC file.
     *
     * @param file the file
     * @param format what it is
     * @param target the Arrow file; it appears complete or not at all
     * @throws DataException if the file is missing, damaged or of another format, or the target cannot be written
     */
    public static void convert(Path file, Format format, Path target) {
        AtomicFile.write(
                target,
                temporary -> scan(file, format, reader -> {
                    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
                            ArrowFileWriter writer = new ArrowFileWriter(reader.getVectorSchemaRoot(), null, channel)) {
                        writer.start();
                        while (reader.loadNextBatch()) {
                            writer.writeBatch();
                        }
                        writer.end();
                    }
                }));
    }

    private interface Body {
        void read(ArrowReader reader) throws IOException;
    }

    @SuppressWarnings("try") // Arrow's resources declare any exception; an interruption is passed on below.
    private static void scan(Path file, Format format, Body body) {
        Objects.requireNonNull(format, "format");
        if (!Files.isRegularFile(file)) {
            throw DataException.of(file, "no such file", "a file of format " + format, "check the path");
        }
        if (format == Format.CSV) {
            requireNames(file);
        }
        String address = file.toAbsolutePath().toUri().toString();
        try (BufferAllocator allocator = Allocators.open();
                DatasetFactory factory =
                        new FileSystemDatasetFactory(allocator, NativeMemoryPool.getDefault(), format.format, address);
                Dataset dataset = factory.finish();
                Scanner scanner = dataset.newScan(new ScanOptions(BATCH_ROWS));
                ArrowReader reader = scanner.scanBatches()) {
            body.read(reader);
        } catch (DataException e) {
            throw e;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw DataException.of(
                    file,
                    "cannot be read (" + e.getMessage() + ")",
                    "a file of format " + format,
                    "write or fetch the file again",
                    e);
        }
    }

    /** Arrow's library takes any first line for names, and a row of numbers would be lost. */
    private static void requireNames(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            if (!CsvTable.beginsWithNames(in, CsvFormat.standard())) {
                throw DataException.of(
                        file,
                        "a comment or values in the first line",
                        "names of columns",
                        "write names there, or read it with CsvTable");
            }
        } catch (IOException e) {
            throw DataException.of(file, "cannot be read (" + e + ")", "a text", "check the path", e);
        }
    }
}
