package dev.odeon.datasets.arrow.ipc;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.types.ElementType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The dictionaries of one file or stream, as far as they were read.
 *
 * <p>Only those of texts and of plain numbers in columns of the table itself are kept; what else a file has is passed over.
 */
final class Dictionaries {
    /** What a second dictionary of the same number means. */
    enum Replacement {
        /** It takes the place of the first for the batches that follow: streams. */
        ALLOWED,
        /** Nobody knows which batches it is for: files, whose parts are found in any order. */
        REFUSED
    }

    private final Path path;
    private final Replacement replacement;
    private final Map<Long, Field> fields = new HashMap<>();
    private final Map<Long, DictionaryValues> values = new HashMap<>();

    Dictionaries(Path path, Schema schema, Replacement replacement) {
        this.path = path;
        this.replacement = replacement;
        for (Field field : schema.getFields()) {
            if (isReadable(field)) {
                Field known = fields.putIfAbsent(field.getDictionary().getId(), field);
                if (known != null && !known.getType().equals(field.getType())) {
                    throw DataException.of(
                            path,
                            "one dictionary for the columns '" + known.getName() + "' and '" + field.getName() + "'",
                            "one type of both",
                            "write or fetch the file again");
                }
            }
        }
    }

    /** {@return whether a column is encoded by a dictionary of texts or plain numbers} */
    static boolean isReadable(Field field) {
        return field.getDictionary() != null
                && field.getChildren().isEmpty()
                && (TextBuffers.isText(field) || ElementType.of(field.getType()) != null);
    }

    /** Keeps a dictionary, or what is added to one. */
    void read(DictionaryBatch dictionary, ByteBuffer body, boolean unionsHaveValidity, Unpacking unpacking) {
        Field encoded = fields.get(dictionary.id());
        if (encoded == null) {
            return;
        }
        RecordBatch batch = dictionary.data();
        if (batch == null || batch.length() < 0 || batch.length() > Integer.MAX_VALUE) {
            throw DataException.of(path, "a dictionary without values", "values", "write or fetch the file again");
        }
        BatchBuffers buffers = new BatchBuffers(path, batch, body, unionsHaveValidity, unpacking);
        Field plain = new Field(encoded.getName(), FieldType.nullable(encoded.getType()), encoded.getChildren());
        DictionaryValues found = DictionaryValues.read(plain, buffers);
        buffers.requireEnd();
        DictionaryValues known = values.get(dictionary.id());
        if (known != null && !dictionary.isDelta() && replacement == Replacement.REFUSED) {
            throw DataException.of(
                    path,
                    "two dictionaries for column '" + encoded.getName() + "'",
                    "one, which may be added to",
                    "write it as a stream, or with one dictionary");
        }
        values.put(dictionary.id(), known != null && dictionary.isDelta() ? known.with(found) : found);
    }

    /** {@return the values of a column, or null if none were read} */
    @Nullable
    DictionaryValues of(Field field) {
        return values.get(Objects.requireNonNull(field.getDictionary()).getId());
    }
}
