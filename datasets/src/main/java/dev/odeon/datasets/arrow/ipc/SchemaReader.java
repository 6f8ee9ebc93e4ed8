package dev.odeon.datasets.arrow.ipc;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.arrow.columns.MappedColumn;
import dev.odeon.datasets.arrow.columns.MappedColumn.Layout;
import dev.odeon.datasets.arrow.types.ElementType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads a schema and makes its empty columns.
 *
 * <p>Arrow's library refuses texts that are not UTF-8, which other libraries write: here marks stand in their place.
 */
final class SchemaReader {
    private SchemaReader() {}

    /** {@return the schema, if it is one this module can read} */
    static Schema read(Path path, org.apache.arrow.flatbuf.Schema flat) {
        SchemaBounds.check(path, flat);
        if (flat.endianness() != Endianness.Little) {
            throw DataException.of(path, "big-endian numbers", "little-endian ones", "write it on a usual machine");
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < flat.fieldsLength(); i++) {
            fields.add(field(flat.fields(i)));
        }
        Map<String, String> metadata = new HashMap<>();
        for (int i = 0; i < flat.customMetadataLength(); i++) {
            KeyValue entry = flat.customMetadata(i);
            metadata.put(text(entry.keyAsByteBuffer()), text(entry.valueAsByteBuffer()));
        }
        Schema schema = new Schema(fields, metadata);
        columns(path, schema, Encoding.DICTIONARIES_READ);
        return schema;
    }

    /** Refuses the messages of versions that nobody writes any more, and of those to come. */
    static void requireVersion(Path path, short version) {
        if (version < MetadataVersion.V4 || version > MetadataVersion.V5) {
            throw DataException.of(
                    path,
                    "version " + (version + 1) + " of Arrow's metadata",
                    "version 4 or 5",
                    "write the file with Arrow 0.8 or later, in its usual format");
        }
    }

    private static Field field(org.apache.arrow.flatbuf.Field flat) {
        List<Field> children = new ArrayList<>();
        for (int i = 0; i < flat.childrenLength(); i++) {
            children.add(field(flat.children(i)));
        }
        ArrowType type = type(flat);
        FieldType full = new FieldType(flat.nullable(), type, dictionary(flat.dictionary()));
        return new Field(text(flat.nameAsByteBuffer()), full, children);
    }

    private static ArrowType type(org.apache.arrow.flatbuf.Field flat) {
        // Arrow's library for Java refuses decimals of 32 and 64 bits, which are laid out like all others.
        return flat.type(new Decimal()) instanceof Decimal decimal && flat.typeType() == Type.Decimal
                ? new ArrowType.Decimal(decimal.precision(), decimal.scale(), decimal.bitWidth())
                : ArrowType.getTypeForField(flat);
    }

    private static @Nullable DictionaryEncoding dictionary(org.apache.arrow.flatbuf.@Nullable DictionaryEncoding flat) {
        if (flat == null) {
            return null;
        }
        Int index = flat.indexType();
        ArrowType.Int type = index == null
                ? new ArrowType.Int(Integer.SIZE, true)
                : new ArrowType.Int(index.bitWidth(), index.isSigned());
        return new DictionaryEncoding(flat.id(), flat.isOrdered(), type);
    }

    private static String text(@Nullable ByteBuffer utf8) {
        return utf8 == null ? "" : StandardCharsets.UTF_8.decode(utf8).toString();
    }

    /** Whether values stand in the place of the indices of a dictionary. */
    enum Encoding {
        /** The dictionaries are read as well. */
        DICTIONARIES_READ,
        /** The dictionaries are elsewhere: such columns cannot be read. */
        DICTIONARIES_ELSEWHERE
    }

    /**
     * The empty columns of a schema.
     *
     * @throws DataException if two have one name
     */
    static List<MappedColumn> columns(Path path, Schema schema, Encoding encoding) {
        Set<String> names = new HashSet<>();
        List<MappedColumn> columns = schema.getFields().stream()
                .map(field -> column(field, encoding))
                .toList();
        for (MappedColumn column : columns) {
            if (!names.add(column.name())) {
                throw DataException.of(
                        path, "two columns called '" + column.name() + "'", "different names", "rename one");
            }
        }
        return columns;
    }

    private static MappedColumn column(Field field, Encoding encoding) {
        String name = field.getName() == null ? "" : field.getName();
        ArrowType type = field.getType();
        String description = describe(field);
        boolean readable = field.getDictionary() == null
                || (encoding == Encoding.DICTIONARIES_READ && Dictionaries.isReadable(field));
        if (readable) {
            ElementType scalar = number(field);
            if (scalar != null) {
                return new MappedColumn(name, description, scalar, Layout.SCALAR, 1);
            }
            if (TextBuffers.isText(field)) {
                return new MappedColumn(name, description, null, Layout.TEXT, 0);
            }
            ElementType element = element(field);
            if (element != null && type instanceof ArrowType.FixedSizeList list && list.getListSize() > 0) {
                return new MappedColumn(name, description, element, Layout.FIXED, list.getListSize());
            }
            if (element != null && isList(type)) {
                return new MappedColumn(name, description, element, Layout.RAGGED, 0);
            }
        }
        return new MappedColumn(name, description, null, Layout.OTHER, 0);
    }

    /** {@return the type of a column, in words for messages} */
    static String describe(Field field) {
        String encoded = field.getDictionary() == null ? "" : "dictionary-encoded ";
        ElementType scalar = number(field);
        ElementType element = element(field);
        if (scalar != null) {
            String plain = ElementType.of(field.getType()) == null ? " " + field.getType() : "";
            return encoded + scalar.name() + plain;
        }
        if (element != null && field.getType() instanceof ArrowType.FixedSizeList list) {
            return encoded + element + "[" + list.getListSize() + "]";
        }
        if (element != null && isList(field.getType())) {
            return encoded + "list of " + element;
        }
        return encoded + field.getType();
    }

    private static boolean isList(ArrowType type) {
        return type instanceof ArrowType.List || type instanceof ArrowType.LargeList;
    }

    /** {@return the type of the numbers of a field, if it has one in each row; times are numbers of their unit} */
    private static @Nullable ElementType number(Field field) {
        if (!field.getChildren().isEmpty()) {
            return null;
        }
        ElementType plain = ElementType.of(field.getType());
        return plain != null || field.getDictionary() != null ? plain : time(field.getType());
    }

    private static @Nullable ElementType time(ArrowType type) {
        if (type instanceof ArrowType.Timestamp || type instanceof ArrowType.Duration) {
            return ElementType.INT64;
        }
        if (type instanceof ArrowType.Date date) {
            return date.getUnit() == DateUnit.DAY ? ElementType.INT32 : ElementType.INT64;
        }
        if (type instanceof ArrowType.Time time) {
            boolean small = time.getUnit() == TimeUnit.SECOND || time.getUnit() == TimeUnit.MILLISECOND;
            return small ? ElementType.INT32 : ElementType.INT64;
        }
        return null;
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
