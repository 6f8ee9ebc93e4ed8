package dev.odeon.datasets;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Says that some input from outside (a file, a folder, a download) cannot be used, and what to do about it.
 *
 * <p>The message is always one line that names the file or the data set, what was found, what was expected and the
 * remedy; a program may show it as it stands, without a stack trace. Wrong use of the API is not reported with this type
 * but with {@link IllegalArgumentException}.
 */
public class DataException extends RuntimeException {
    private static final int LONGEST_MESSAGE = 600;

    /**
     * Makes an exception with a message of one line.
     *
     * @param message what was found, what was expected and what to do; line breaks become spaces
     */
    public DataException(String message) {
        super(oneLine(message));
    }

    /**
     * Makes an exception with a message of one line and the failure behind it.
     *
     * @param message what was found, what was expected and what to do; line breaks become spaces
     * @param cause the failure that was met, kept for debugging
     */
    public DataException(String message, @Nullable Throwable cause) {
        super(oneLine(message), cause);
    }

    /**
     * Makes an exception about one file.
     *
     * @param file the file that cannot be used
     * @param found what is wrong with it
     * @param expected what should have been there
     * @param remedy what the reader of the message can do now
     * @return the exception, to be thrown by the caller
     */
    public static DataException of(Path file, String found, String expected, String remedy) {
        return of(file, found, expected, remedy, null);
    }

    /**
     * Makes an exception about one file, with the failure behind it.
     *
     * @param file the file that cannot be used
     * @param found what is wrong with it
     * @param expected what should have been there
     * @param remedy what the reader of the message can do now
     * @param cause the failure that was met, kept for debugging
     * @return the exception, to be thrown by the caller
     */
    public static DataException of(Path file, String found, String expected, String remedy, @Nullable Throwable cause) {
        return new DataException(file + ": " + found + "; expected " + expected + "; " + remedy, cause);
    }

    // Names and texts in a damaged file may hold anything: the promise of one readable line is kept here.
    private static String oneLine(String message) {
        int end = message.offsetByCodePoints(0, Math.min(message.codePointCount(0, message.length()), LONGEST_MESSAGE));
        return Printable.line(message.substring(0, end));
    }
}
