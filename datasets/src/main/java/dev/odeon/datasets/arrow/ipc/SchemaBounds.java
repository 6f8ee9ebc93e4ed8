package dev.odeon.datasets.arrow.ipc;

import dev.odeon.datasets.DataException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Union;
import org.jspecify.annotations.Nullable;

/**
 * Refuses schemas that would take for ever, or all memory, to read.
 *
 * <p>In a damaged or hostile file the tables of a schema may refer to each other in circles, or all to one text, so that a
 * few bytes unfold to billions of fields or characters; and Arrow's library takes memory for as many members of a union as
 * the file claims. No honest file comes near these bounds: its texts lie beside each other.
 */
final class SchemaBounds {
    private static final int MOST_FIELDS = 100_000;
    private static final int DEEPEST = 64;
    private static final int MOST_MEMBERS = 128;

    private final Path path;
    private int fields;
    private long textLeft;

    private SchemaBounds(Path path, long room) {
        this.path = path;
        textLeft = room;
    }

    static void check(Path path, Schema schema) {
        SchemaBounds bounds = new SchemaBounds(path, schema.getByteBuffer().capacity());
        for (int i = 0; i < schema.fieldsLength(); i++) {
            bounds.visit(schema.fields(i), 1);
        }
        for (int i = 0; i < schema.customMetadataLength(); i++) {
            bounds.visit(schema.customMetadata(i));
        }
    }

    private void visit(Field field, int depth) {
        fields++;
        require(
                fields <= MOST_FIELDS && depth <= DEEPEST,
                "more than " + MOST_FIELDS + " fields or " + DEEPEST + " levels");
        if (field.typeType() < Type.Null || field.typeType() > Type.LargeListView) {
            throw DataException.of(
                    path,
                    "a column of Arrow's type number " + field.typeType(),
                    "types of Arrow's format up to version 1.5",
                    "write the file without this column");
        }
        visit(field.nameAsByteBuffer());
        for (int i = 0; i < field.customMetadataLength(); i++) {
            visit(field.customMetadata(i));
        }
        if (field.typeType() == Type.Union && field.type(new Union()) instanceof Union union) {
            require(union.typeIdsLength() <= MOST_MEMBERS, "a union of " + union.typeIdsLength() + " members");
        }
        if (field.typeType() == Type.Timestamp && field.type(new Timestamp()) instanceof Timestamp timestamp) {
            visit(timestamp.timezoneAsByteBuffer());
        }
        for (int i = 0; i < field.childrenLength(); i++) {
            visit(field.children(i), depth + 1);
        }
    }

    private void visit(KeyValue entry) {
        visit(entry.keyAsByteBuffer());
        visit(entry.valueAsByteBuffer());
    }

    private void visit(@Nullable ByteBuffer text) {
        textLeft -= text == null ? 0 : text.remaining();
        require(textLeft >= 0, "texts that are longer than itself");
    }

    private void require(boolean bounded, String otherwise) {
        if (!bounded) {
            throw DataException.of(path, "a schema of " + otherwise, "a table", "write or fetch the file again");
        }
    }
}
