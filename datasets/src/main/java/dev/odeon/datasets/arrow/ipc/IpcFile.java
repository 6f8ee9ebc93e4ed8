package dev.odeon.datasets.arrow.ipc;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.columns.MappedColumn;
import dev.odeon.datasets.arrow.columns.TableContents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Finds the columns of an Arrow IPC file in its mapped memory.
 *
 * <p>Arrow's own file reader copies every batch into a buffer of its own and trusts the lengths it finds. Here the file is
 * mapped, so that the one copy goes straight into the tensor, and every offset and length is checked against the file
 * before it is used.
 */
public final class IpcFile {
    private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    private static final int LEADER = 8;
    private static final int TRAILER = Integer.BYTES + MAGIC.length;
    private static final int CONTINUATION = -1;
    /** The schema of a stream is looked for in so many bytes. */
    private static final int MOST_START = 1 << 24;

    private static final int FEATHER_1 = 'F' | 'E' << 8 | 'A' << 16 | '1' << 24;
    private static final String EXPECTED = "an Arrow IPC file";
    private static final String REMEDY = "write or fetch the file again";

    private final Path path;
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer whole;
    private final List<MappedColumn> columns = new ArrayList<>();
    /** Where the batches read so far begin and end. */
    private final NavigableMap<Long, Long> places = new TreeMap<>();

    private final Unpacking unpacking;
    private Map<String, String> metadata = Map.of();
    private long rows;

    private IpcFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        unpacking = new Unpacking(path);
        size = channel.size();
        // One mapping where it can be had: the number of mappings a process may hold is limited.
        whole = size <= Integer.MAX_VALUE ? channel.map(MapMode.READ_ONLY, 0, size) : ByteBuffer.allocate(0);
    }

    /**
     * Maps and checks a file.
     *
     * @param path the file: an IPC file, or a stream in a file
     * @return the places of its numbers
     * @throws DataException if it is missing or damaged
     */
    public static TableContents read(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            IpcFile file = new IpcFile(path, channel);
            if (file.isStream()) {
                file.parseStream();
            } else {
                file.parse();
            }
            return new TableContents(file.columns, file.metadata, Math.toIntExact(file.rows));
        } catch (NoSuchFileException e) {
            throw DataException.of(path, "no such file", EXPECTED, "check the path", e);
        } catch (IOException e) {
            throw DataException.of(path, "cannot be read (" + e + ")", EXPECTED, "check the path", e);
        } catch (DataException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // Flatbuffers are read unverified: wild offsets surface as any of these.
            throw DataException.of(path, "damaged inside (" + e.getClass().getSimpleName() + ")", EXPECTED, REMEDY, e);
        }
    }

    /** {@return whether a file that begins like this is a file or stream of Arrow, or of its forerunner} */
    public static boolean begins(byte[] start) {
        if (start.length < 2 * Integer.BYTES) {
            return false;
        }
        ByteBuffer bytes = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        int first = bytes.getInt(0);
        return Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC)
                || first == FEATHER_1
                || first == CONTINUATION
                || StreamParser.beginsOldStream(bytes, Long.MAX_VALUE);
    }

    private boolean isStream() throws IOException {
        if (size < 2 * Integer.BYTES) {
            return false;
        }
        ByteBuffer start = region(0, (int) Math.min(size, MOST_START));
        return start.getInt(0) == CONTINUATION || StreamParser.beginsOldStream(start, size);
    }

    private void parseStream() throws IOException {
        StreamParser parser = new StreamParser(path);
        long[] at = {0};
        boolean ended = false;
        while (at[0] < size) {
            int length = parser.<IOException>headerLength(() -> {
                byte[] bytes = new byte[(int) Math.min(Integer.BYTES, size - at[0])];
                region(at[0], bytes.length).get(bytes);
                at[0] += bytes.length;
                return bytes;
            });
            ended = length == 0;
            if (ended) {
                break;
            }
            if (length > size - at[0]) {
                throw damaged("a header of " + length + " bytes");
            }
            ByteBuffer header = region(at[0], length);
            int bodyLength = parser.bodyLength(header);
            at[0] += length;
            if (bodyLength > size - at[0]) {
                throw damaged("an end inside a batch");
            }
            TableContents batch = parser.message(region(at[0] - length, length), region(at[0], bodyLength));
            at[0] += bodyLength;
            if (batch == null && columns.isEmpty()) {
                columns.addAll(SchemaReader.columns(path, parser.schema(), SchemaReader.Encoding.DICTIONARIES_READ));
                metadata = Map.copyOf(parser.schema().getCustomMetadata());
            } else if (batch != null) {
                for (int i = 0; i < columns.size(); i++) {
                    columns.get(i).append(batch.columns().get(i));
                }
                rows += batch.rows();
            }
        }
        parser.requireSchema();
        // Without the marker a file that was cut off between two batches would pass for a complete one.
        if (!ended || at[0] < size) {
            throw damaged(ended ? "an end before the end of the file" : "no marker at the end, perhaps cut off");
        }
    }

    private void parse() throws IOException {
        if (size >= Integer.BYTES && region(0, Integer.BYTES).getInt(0) == FEATHER_1) {
            throw DataException.of(
                    path,
                    "a file of Feather version 1",
                    EXPECTED,
                    "write it as Feather version 2, version=2 in pyarrow");
        }
        if (size < LEADER + TRAILER || !hasMagic(0)) {
            throw damaged("is not an Arrow file (" + size + " bytes, not ARROW1 at their beginning)");
        }
        if (!hasMagic(size - MAGIC.length)) {
            throw damaged("ends too early");
        }
        int footerLength = region(size - TRAILER, Integer.BYTES).getInt(0);
        if (footerLength <= 0 || footerLength > size - LEADER - TRAILER) {
            throw damaged("a footer of " + footerLength + " bytes");
        }
        Footer footer = Footer.getRootAsFooter(region(size - TRAILER - footerLength, footerLength));
        org.apache.arrow.flatbuf.Schema flat = footer.schema();
        if (flat == null) {
            throw damaged("no schema");
        }
        SchemaReader.requireVersion(path, footer.version());
        Schema schema = SchemaReader.read(path, flat);
        metadata = Map.copyOf(schema.getCustomMetadata());
        columns.addAll(SchemaReader.columns(path, schema, SchemaReader.Encoding.DICTIONARIES_READ));
        Dictionaries dictionaries = new Dictionaries(path, schema, Dictionaries.Replacement.REFUSED);
        long limit = size - TRAILER - footerLength;
        for (int i = 0; i < footer.dictionariesLength(); i++) {
            Found found = find(footer.dictionaries(i), limit);
            if (found.message().headerType() != MessageHeader.DictionaryBatch
                    || !(found.message().header(new DictionaryBatch()) instanceof DictionaryBatch dictionary)) {
                throw damaged("something else where a dictionary should be");
            }
            dictionaries.read(dictionary, found.body(), found.oldUnions(), unpacking);
        }
        for (int i = 0; i < footer.recordBatchesLength(); i++) {
            batch(find(footer.recordBatches(i), limit), schema, dictionaries);
        }
    }

    private void batch(Found found, Schema schema, Dictionaries dictionaries) {
        if (found.message().headerType() != MessageHeader.RecordBatch
                || !(found.message().header(new RecordBatch()) instanceof RecordBatch batch)) {
            throw damaged("something else where a batch should be");
        }
        if (batch.length() < 0 || rows + batch.length() > Integer.MAX_VALUE) {
            throw damaged("a batch of " + batch.length() + " rows");
        }
        BatchBuffers buffers = new BatchBuffers(path, batch, found.body(), found.oldUnions(), unpacking);
        new ColumnReader(buffers, dictionaries).read(schema, columns);
        rows += batch.length();
    }

    /**
     * A message of a file.
     *
     * @param message its header
     * @param body what follows
     */
    private record Found(Message message, ByteBuffer body) {
        boolean oldUnions() {
            return message.version() < MetadataVersion.V5;
        }
    }

    private Found find(Block block, long limit) throws IOException {
        long offset = block.offset();
        long metadataLength = block.metaDataLength();
        long bodyLength = block.bodyLength();
        if (offset < LEADER
                || offset > limit
                || metadataLength < 2 * Integer.BYTES
                || bodyLength < 0
                || metadataLength > limit - offset
                || bodyLength > limit - offset - metadataLength) {
            throw damaged("a batch that reaches out of the file");
        }
        // Batches in one another's place would unfold to a table of any size.
        long end = offset + metadataLength + bodyLength;
        Map.Entry<Long, Long> before = places.lowerEntry(end);
        if (before != null && before.getValue() > offset) {
            throw damaged("batches that overlap");
        }
        places.put(offset, end);
        if (bodyLength > Integer.MAX_VALUE) {
            throw DataException.of(
                    path, "a batch of " + bodyLength + " bytes", "batches below 2 GiB", "write smaller batches");
        }
        ByteBuffer prefix = region(offset, 2 * Integer.BYTES);
        boolean continued = prefix.getInt(0) == CONTINUATION;
        int skip = continued ? 2 * Integer.BYTES : Integer.BYTES;
        int messageLength = prefix.getInt(continued ? Integer.BYTES : 0);
        if (messageLength <= 0 || messageLength > metadataLength - skip) {
            throw damaged("a batch header of " + messageLength + " bytes");
        }
        Message message = Message.getRootAsMessage(region(offset + skip, messageLength));
        if (message.bodyLength() != bodyLength) {
            throw damaged("something else where a batch should be");
        }
        SchemaReader.requireVersion(path, message.version());
        return new Found(message, region(offset + metadataLength, (int) bodyLength));
    }

    private boolean hasMagic(long offset) throws IOException {
        byte[] found = new byte[MAGIC.length];
        region(offset, found.length).get(found);
        return Arrays.equals(found, MAGIC);
    }

    private ByteBuffer region(long offset, int length) throws IOException {
        ByteBuffer bytes = size <= Integer.MAX_VALUE
                ? whole.slice((int) offset, length)
                : channel.map(MapMode.READ_ONLY, offset, length);
        return bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    private DataException damaged(String found) {
        return DataException.of(path, found, EXPECTED, REMEDY);
    }
}
