package dev.odeon.datasets;

/**
 * Texts from outside (names in files, names of files, messages about them) in a form that a terminal only shows.
 *
 * <p>An escape code in a column's name could otherwise colour the screen, move the cursor or set the clipboard, a mark for
 * the direction of writing could show a name as another one. Characters of control, of direction and of line ends become
 * spaces.
 */
public final class Printable {
    private Printable() {}

    /**
     * Makes a text printable.
     *
     * @param text any text
     * @return the same characters on one line, spaces in the place of those that are not shown
     */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().map(c -> isShown(c) ? c : ' ').forEach(line::appendCodePoint);
        return line.toString();
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.FORMAT -> false;
            default -> true;
        };
    }
}
