package dev.odeon.datasets;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The names that someone may have meant by one that there is not.
 *
 * <p>The distance of two names is the number of letters to add, to leave out, to replace, or to swap with their neighbour.
 * Source: F. J. Damerau, A technique for computer detection and correction of spelling errors, 1964, each letter changed once
 * at most.
 */
public final class Nearest {

    private static final int MOST = 3;
    /** Letters of which one may be wrong. */
    private static final int LETTERS_PER_ERROR = 3;
    /** The shortest part of a name that says which. */
    private static final int SHORTEST_PART = 3;

    private Nearest() {}

    /**
     * Finds similar names.
     *
     * @param wanted what was given
     * @param known the names there are
     * @return at most three of them, the nearest first: those of which a third of the letters differs at most, and those that
     *     contain what was given, or the other way round; empty if none is near
     */
    public static List<String> names(String wanted, Collection<String> known) {
        String given = wanted.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name -> near(given, name.toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparingInt(name -> distance(given, name.toLowerCase(Locale.ROOT))))
                .limit(MOST)
                .toList();
    }

    /**
     * Puts them into words for a message.
     *
     * @param wanted what was given
     * @param known the names there are
     * @return {@code ", nearest is cora"} and the like, or an empty text if none is near
     */
    public static String hint(String wanted, Collection<String> known) {
        List<String> near = names(wanted, known);
        if (near.isEmpty()) {
            return "";
        }
        return (near.size() == 1 ? ", nearest is " : ", nearest are ") + String.join(", ", near);
    }

    private static boolean near(String given, String name) {
        boolean part = Math.min(given.length(), name.length()) >= SHORTEST_PART
                && (given.contains(name) || name.contains(given));
        int longest = Math.max(given.length(), name.length());
        return part || distance(given, name) <= Math.max(1, longest / LETTERS_PER_ERROR);
    }

    /** The number of letters in which two names differ. */
    static int distance(String a, String b) {
        int[][] distances = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distances[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, distances);
            }
        }
        return distances[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] distances) {
        int replaced = distances[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, 1 + distances[i - 2][j - 2]) : least;
    }
}
