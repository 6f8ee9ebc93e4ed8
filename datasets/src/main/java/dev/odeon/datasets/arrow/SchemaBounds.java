package dev.odeon.datasets.arrow;

import dev.odeon.datasets.DataException;
import java.nio.file.Path;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Schema;

/**
 * Refuses schemas that would take for ever to read.
 *
 * <p>In a damaged or hostile file the tables of a schema may refer to each other in circles, so that a few bytes unfold to
 * billions of fields. No honest file comes near these bounds.
 */
final class SchemaBounds {
    private static final int MOST_FIELDS = 100_000;
    private static final int DEEPEST = 64;

    private final Path path;
    private int fields;

    private SchemaBounds(Path path) {
        this.path = path;
    }

    static void check(Path path, Schema schema) {
        SchemaBounds bounds = new SchemaBounds(path);
        for (int i = 0; i < schema.fieldsLength(); i++) {
            bounds.visit(schema.fields(i), 1);
        }
    }

    private void visit(Field field, int depth) {
        fields++;
        if (fields > MOST_FIELDS || depth > DEEPEST) {
            throw DataException.of(
                    path,
                    "a schema of more than " + MOST_FIELDS + " fields or " + DEEPEST + " levels",
                    "a table",
                    "write or fetch the file again");
        }
        for (int i = 0; i < field.childrenLength(); i++) {
            visit(field.children(i), depth + 1);
        }
    }
}
