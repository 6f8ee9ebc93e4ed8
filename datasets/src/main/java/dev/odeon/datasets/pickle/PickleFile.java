package dev.odeon.datasets.pickle;

import dev.odeon.datasets.DataException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the one object in a pickle, if it is made of data alone. */
public final class PickleFile {
    private static final long MOST_BYTES = 1L << 28;
    private static final String EXPECTED = "a pickle of arrays, lists and numbers";
    private static final String REMEDY = "download it again, or save the data in another form";

    private PickleFile() {}

    /**
     * Reads a pickle of protocol 0 to 5.
     *
     * @param path the file
     * @param type what the object should be: {@link PickledArray}, {@link PickledSparseMatrix}, {@link java.util.List},
     *     {@link java.util.Map}, {@link Long}, {@link Double} or {@link String}
     * @return the object
     * @throws DataException if the file is missing or damaged, holds another kind of object, or asks for anything beyond
     *     data
     */
    public static <T> T read(Path path, Class<T> type) {
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw DataException.of(path, Files.size(path) + " bytes", "at most " + MOST_BYTES, REMEDY);
            }
            Object value = new PickleMachine(Files.readAllBytes(path)).run();
            if (!type.isInstance(value)) {
                throw DataException.of(
                        path, "a " + value.getClass().getSimpleName(), "a " + type.getSimpleName(), REMEDY);
            }
            return type.cast(value);
        } catch (NoSuchFileException e) {
            throw DataException.of(path, "no such file", EXPECTED, "check the path", e);
        } catch (IOException e) {
            throw DataException.of(path, "cannot be read", EXPECTED, "check the path", e);
        } catch (PickleMachine.Refusal e) {
            throw DataException.of(path, String.valueOf(e.getMessage()), EXPECTED, REMEDY, e);
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | NumberFormatException e) {
            throw DataException.of(path, "damaged or truncated", EXPECTED, REMEDY, e);
        }
    }
}
