package dev.odeon.datasets.arrow.ipc;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.columns.MappedColumn;
import dev.odeon.datasets.arrow.columns.MappedColumn.Layout;
import dev.odeon.datasets.arrow.types.ElementType;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Reads a schema and makes its empty columns. */
final class SchemaReader {
    private SchemaReader() {}

    /** {@return the schema, if it is one this module can read} */
    static Schema read(Path path, org.apache.arrow.flatbuf.Schema flat) {
        SchemaBounds.check(path, flat);
        Schema schema = Schema.convertSchema(flat);
        if (flat.endianness() != Endianness.Little) {
            throw DataException.of(path, "big-endian numbers", "little-endian ones", "write it on a usual machine");
        }
        columns(path, schema);
        return schema;
    }

    /**
     * The empty columns of a schema.
     *
     * @throws DataException if two have one name
     */
    static List<MappedColumn> columns(Path path, Schema schema) {
        Set<String> names = new HashSet<>();
        List<MappedColumn> columns =
                schema.getFields().stream().map(SchemaReader::column).toList();
        for (MappedColumn column : columns) {
            if (!names.add(column.name())) {
                throw DataException.of(
                        path, "two columns called '" + column.name() + "'", "different names", "rename one");
            }
        }
        return columns;
    }

    private static MappedColumn column(Field field) {
        String name = field.getName() == null ? "" : field.getName();
        ArrowType type = field.getType();
        String description = describe(field);
        ElementType scalar = ElementType.of(type);
        if (field.getDictionary() == null) {
            if (scalar != null && field.getChildren().isEmpty()) {
                return new MappedColumn(name, description, scalar, Layout.SCALAR, 1);
            }
            ElementType element = element(field);
            if (element != null && type instanceof ArrowType.FixedSizeList list && list.getListSize() > 0) {
                return new MappedColumn(name, description, element, Layout.FIXED, list.getListSize());
            }
            if (element != null && type instanceof ArrowType.List) {
                return new MappedColumn(name, description, element, Layout.RAGGED, 0);
            }
        }
        return new MappedColumn(name, description, null, Layout.SCALAR, 1);
    }

    /** {@return the type of a column, in words for messages} */
    static String describe(Field field) {
        ElementType scalar = ElementType.of(field.getType());
        ElementType element = element(field);
        if (field.getDictionary() != null) {
            return "dictionary-encoded " + field.getType();
        }
        if (scalar != null) {
            return scalar.name();
        }
        if (element != null && field.getType() instanceof ArrowType.FixedSizeList list) {
            return element + "[" + list.getListSize() + "]";
        }
        if (element != null && field.getType() instanceof ArrowType.List) {
            return "list of " + element;
        }
        return field.getType().toString();
    }

    /** {@return the type of the numbers in the lists of a field, if they are lists of numbers} */
    private static @Nullable ElementType element(Field field) {
        if (field.getChildren().size() != 1) {
            return null;
        }
        Field child = field.getChildren().get(0);
        return child.getDictionary() == null && child.getChildren().isEmpty() ? ElementType.of(child.getType()) : null;
    }
}
