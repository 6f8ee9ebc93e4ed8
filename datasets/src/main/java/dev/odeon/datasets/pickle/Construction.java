package dev.odeon.datasets.pickle;

import dev.odeon.datasets.pickle.PickleMachine.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object that a pickle constructs under a known name and then fills with its state. */
abstract class Construction {
    private static final int LONGEST_NAME = 40;
    private static final Set<String> LATIN_1 = Set.of("latin1", "latin-1", "latin_1", "iso-8859-1", "iso8859-1");

    /** {@return what the call of {@code name} with these arguments stands for} */
    static Object begin(KnownName name, List<?> arguments, Budget budget) {
        return switch (name) {
            case RECONSTRUCT -> new ArrayConstruction();
            case DTYPE -> new TypeConstruction(argument(arguments, String.class));
            case CSR_MATRIX -> new CsrConstruction();
            case DEFAULT_DICT -> new HashMap<>();
            case LIST -> new ArrayList<>();
            case ENCODE -> latin1(argument(arguments, String.class), arguments, budget);
            case NDARRAY -> throw new Refusal("an array without a shape");
        };
    }

    /** Takes the state; what is copied is charged. */
    abstract void fill(Object state, Budget budget);

    /** {@return the finished object} */
    abstract Object finished();

    /** The bytes of a text, which is how newer Pythons write bytes for older protocols: in Latin-1 the text is the bytes. */
    private static String latin1(String text, List<?> arguments, Budget budget) {
        // Each call looks at the whole text, which may be remembered and given again.
        budget.charge(text.length());
        if (arguments.size() == 2 && !(arguments.get(1) instanceof String)) {
            throw new Refusal("an encoding that is no text");
        }
        String encoding = arguments.size() == 2 ? (String) arguments.get(1) : "utf-8, Python's default";
        if (encoding.length() > LONGEST_NAME || !LATIN_1.contains(encoding.toLowerCase(Locale.ROOT))) {
            String named = encoding.substring(0, Math.min(LONGEST_NAME, encoding.length()));
            throw new Refusal("bytes in the encoding '" + named + "' instead of latin1");
        }
        if (text.chars().anyMatch(c -> c > 0xff)) {
            throw new Refusal("a text for bytes in latin1 that has other characters");
        }
        return text;
    }

    private static <T> T argument(List<?> arguments, Class<T> type) {
        if (arguments.isEmpty() || !type.isInstance(arguments.get(0))) {
            throw new Refusal("a call without its first argument");
        }
        return type.cast(arguments.get(0));
    }

    private static <T> T item(List<?> state, int index, Class<T> type) {
        if (index >= state.size() || !type.isInstance(state.get(index))) {
            throw new Refusal("a state without its " + type.getSimpleName().toLowerCase(Locale.ROOT));
        }
        return type.cast(state.get(index));
    }

    private static int extent(Object value) {
        if (value instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
            return number.intValue();
        }
        throw new Refusal("an extent that is no number from 0 on");
    }

    /** numpy.dtype(text, ...), with state (version, byte order, ...). */
    private static final class TypeConstruction extends Construction {
        private final String letters;
        private char order = '<';

        TypeConstruction(String letters) {
            this.letters = letters;
            if (PickledArray.bytes(letters) == 0) {
                throw new Refusal("numbers of type " + letters);
            }
        }

        @Override
        void fill(Object state, Budget budget) {
            String found = state instanceof List<?> list ? item(list, 1, String.class) : "";
            if (found.length() != 1 || "<>|=".indexOf(found.charAt(0)) < 0) {
                throw new Refusal("the byte order '" + found + "'");
            }
            order = found.charAt(0);
        }

        @Override
        Object finished() {
            return order + letters;
        }
    }

    /** numpy.core.multiarray._reconstruct, with state (version, shape, type, whether Fortran order, bytes). */
    private static final class ArrayConstruction extends Construction {
        private static final int MOST_AXES = 64;

        private @Nullable PickledArray array;

        @Override
        void fill(Object state, Budget budget) {
            if (!(state instanceof List<?> list)) {
                throw new Refusal("an array without a state");
            }
            List<?> extents = item(list, 1, List.class);
            if (extents.size() > MOST_AXES) {
                throw new Refusal("an array of " + extents.size() + " axes");
            }
            List<Integer> shape = new ArrayList<>();
            long count = 1;
            for (Object extent : extents) {
                shape.add(extent(extent));
                count = Math.min(Integer.MAX_VALUE + 1L, count * extent(extent));
            }
            TypeConstruction type = item(list, 2, TypeConstruction.class);
            String text = item(list, 4, String.class);
            budget.charge(text.length());
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            if (count * PickledArray.bytes(type.letters) != bytes.length) {
                throw new Refusal(bytes.length + " bytes for an array of shape " + shape);
            }
            if (shape.size() > 1 && item(list, 3, Long.class) != 0) {
                throw new Refusal("Fortran order");
            }
            array = new PickledArray(shape, type.order + type.letters, bytes, (int) count);
        }

        @Override
        PickledArray finished() {
            if (array == null) {
                throw new Refusal("an array without a state");
            }
            return array;
        }
    }

    /** scipy.sparse.csr_matrix, with a dictionary as state. */
    private static final class CsrConstruction extends Construction {
        private @Nullable PickledSparseMatrix matrix;

        @Override
        void fill(Object state, Budget budget) {
            if (!(state instanceof Map<?, ?> map)
                    || !(map.get("_shape") instanceof List<?> shape)
                    || shape.size() != 2) {
                throw new Refusal("a sparse matrix without a shape");
            }
            matrix = new PickledSparseMatrix(
                    extent(shape.get(0)),
                    extent(shape.get(1)),
                    array(map, "indptr"),
                    array(map, "indices"),
                    array(map, "data"));
        }

        private static PickledArray array(Map<?, ?> map, String key) {
            if (map.get(key) instanceof ArrayConstruction found) {
                return found.finished();
            }
            throw new Refusal("a sparse matrix without " + key);
        }

        @Override
        Object finished() {
            if (matrix == null) {
                throw new Refusal("a sparse matrix without a state");
            }
            return matrix;
        }
    }
}
