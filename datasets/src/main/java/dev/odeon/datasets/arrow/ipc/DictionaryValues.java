package dev.odeon.datasets.arrow.ipc;

import dev.odeon.datasets.arrow.columns.Texts;
import dev.odeon.datasets.arrow.columns.Validity;
import dev.odeon.datasets.arrow.types.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * The values of a dictionary, in the parts in which they came.
 *
 * <p>A later dictionary adds a part to a copy: batches that were read before keep the one they were read with.
 */
final class DictionaryValues implements Texts {
    /**
     * What one message brought.
     *
     * @param count how many values
     * @param validity which are there
     * @param texts the texts, or null for numbers
     * @param numbers the numbers, or nothing for texts
     */
    private record Part(
            int count, Validity validity, @Nullable Texts texts, ByteBuffer numbers) {}

    private final List<Part> parts;
    private final int count;
    private final @Nullable String[] decoded;
    private @Nullable ByteBuffer joined;

    private DictionaryValues(List<Part> parts) {
        this.parts = parts;
        count = parts.stream().mapToInt(Part::count).reduce(0, Math::addExact);
        decoded = new @Nullable String[parts.get(0).texts() == null ? 0 : count];
    }

    static DictionaryValues read(Field field, BatchBuffers buffers) {
        FieldNode node = buffers.nextNode();
        Validity validity = ColumnReader.validity(field.getName(), buffers, node);
        ElementType type = ElementType.of(field.getType());
        if (node.length() != buffers.rows()) {
            throw buffers.damaged("a dictionary of " + node.length() + " values", buffers.rows() + " values");
        }
        if (type == null) {
            Texts texts = TextBuffers.read(field, buffers, node, validity);
            return new DictionaryValues(List.of(new Part(texts.count(), validity, texts, ByteBuffer.allocate(0))));
        }
        ByteBuffer numbers = buffers.nextBuffer();
        if (node.length() > numbers.capacity() / type.bytes()) {
            throw buffers.damaged(
                    "a dictionary of " + numbers.capacity() + " bytes", node.length() + " numbers of " + type);
        }
        return new DictionaryValues(List.of(new Part((int) node.length(), validity, null, numbers)));
    }

    /** {@return these values and those of another message behind them} */
    DictionaryValues with(DictionaryValues added) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(added.parts);
        return new DictionaryValues(all);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public @Nullable String text(int i) {
        if (decoded[i] == null) {
            int at = i;
            for (Part part : parts) {
                if (at < part.count()) {
                    decoded[i] = part.texts() == null ? null : part.texts().text(at);
                    break;
                }
                at -= part.count();
            }
        }
        return decoded[i];
    }

    /** {@return all numbers in one piece, as little-endian bytes} */
    ByteBuffer numbers(ElementType type) {
        if (joined != null) {
            return joined;
        }
        ByteBuffer all = ByteBuffer.allocate(Math.multiplyExact(count, type.bytes()));
        for (Part part : parts) {
            all.put(part.numbers().slice(0, part.count() * type.bytes()));
        }
        joined = all.clear().order(ByteOrder.LITTLE_ENDIAN);
        return joined;
    }

    /** {@return for each value, whether it is there} */
    boolean[] present() {
        boolean[] present = new boolean[count];
        int next = 0;
        for (Part part : parts) {
            for (int i = 0; i < part.count(); i++) {
                present[next++] = part.validity().present(i);
            }
        }
        return present;
    }
}
