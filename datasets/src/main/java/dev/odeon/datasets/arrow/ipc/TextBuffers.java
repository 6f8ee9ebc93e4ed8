package dev.odeon.datasets.arrow.ipc;

import dev.odeon.datasets.arrow.columns.Texts;
import dev.odeon.datasets.arrow.columns.Validity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts in their three layouts: offsets of 32 or of 64 bits into one buffer, or views into several.
 *
 * <p>A view is 16 bytes: its length, then either the text itself, up to 12 bytes, or its first four bytes, the number of a
 * buffer, and where the text begins there.
 */
final class TextBuffers {
    private static final int VIEW = 16;
    private static final int LONGEST_INSIDE = 12;

    private TextBuffers() {}

    /** {@return whether a field holds texts, encoded by a dictionary or not} */
    static boolean isText(Field field) {
        ArrowType type = field.getType();
        return type instanceof ArrowType.Utf8
                || type instanceof ArrowType.LargeUtf8
                || type instanceof ArrowType.Utf8View;
    }

    /** Reads the buffers of texts, whose node and validity were read before. */
    static Texts read(Field field, BatchBuffers buffers, FieldNode rows, Validity validity) {
        if (rows.length() > Integer.MAX_VALUE) {
            throw buffers.damaged(named(field) + " with " + rows.length() + " texts", "less than 2^31");
        }
        int count = (int) rows.length();
        return field.getType() instanceof ArrowType.Utf8View
                ? views(field, buffers, count, validity)
                : plain(field, buffers, count, validity);
    }

    private static Texts plain(Field field, BatchBuffers buffers, int count, Validity validity) {
        Offsets offsets = Offsets.read(named(field), buffers, count, field.getType() instanceof ArrowType.LargeUtf8);
        ByteBuffer data = buffers.nextBuffer();
        if (offsets.last() > data.capacity()) {
            throw buffers.damaged(
                    named(field) + " with texts of " + data.capacity() + " bytes", offsets.last() + " by its offsets");
        }
        return new Lines(count, validity, i -> slice(data, offsets.at(i), offsets.at(i + 1) - offsets.at(i)));
    }

    private static Texts views(Field field, BatchBuffers buffers, int count, Validity validity) {
        ByteBuffer views = buffers.nextBuffer();
        List<ByteBuffer> data = new ArrayList<>();
        for (int left = buffers.nextViewBuffers(); left > 0; left--) {
            data.add(buffers.nextBuffer());
        }
        if (count > views.capacity() / VIEW) {
            throw buffers.damaged(named(field) + " with " + views.capacity() + " bytes", count + " views of 16 bytes");
        }
        for (int i = 0; i < count; i++) {
            int length = views.getInt(i * VIEW);
            boolean fits = length >= 0;
            if (fits && length > LONGEST_INSIDE && validity.present(i)) {
                int place = views.getInt(i * VIEW + 8);
                int start = views.getInt(i * VIEW + 12);
                fits = place >= 0
                        && place < data.size()
                        && start >= 0
                        && start <= data.get(place).capacity() - length;
            }
            if (!fits && validity.present(i)) {
                throw buffers.damaged(named(field) + " with a view that reaches out of its buffer", "one inside it");
            }
        }
        return new Lines(count, validity, i -> {
            int length = views.getInt(i * VIEW);
            return length <= LONGEST_INSIDE
                    ? slice(views, i * VIEW + Integer.BYTES, length)
                    : slice(data.get(views.getInt(i * VIEW + 8)), views.getInt(i * VIEW + 12), length);
        });
    }

    private static String named(Field field) {
        return "column '" + field.getName() + "'";
    }

    // A text that is not UTF-8 is shown with marks in its place: it is no reason to refuse the numbers beside it.
    private static String slice(ByteBuffer bytes, int from, int length) {
        return StandardCharsets.UTF_8.decode(bytes.slice(from, length)).toString();
    }

    /** Where a text is. */
    private interface Find {
        String at(int i);
    }

    private record Lines(int count, Validity validity, Find find) implements Texts {
        @Override
        public @Nullable String text(int i) {
            return validity.present(i) ? find.at(i) : null;
        }
    }
}
