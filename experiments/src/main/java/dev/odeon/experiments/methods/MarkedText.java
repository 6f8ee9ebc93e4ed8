package dev.odeon.experiments.methods;

/** A document with parts that are made by a program, each between two comments. */
public final class MarkedText {

    private MarkedText() {}

    /** The document with all its made parts made anew; parts that are not there are left out. */
    public static String updated(String document) {
        return replaced(replaced(document, "methods", MethodTable.methods()), "families", MethodTable.families());
    }

    /**
     * Replaces what stands between {@code <!-- begin name -->} and {@code <!-- end name -->}.
     *
     * @throws IllegalArgumentException if one of the two comments is missing
     */
    static String replaced(String document, String name, String content) {
        String opening = "<!-- begin " + name + " -->\n";
        String closing = "<!-- end " + name + " -->";
        int begin = document.indexOf(opening);
        int end = document.indexOf(closing);
        if (begin < 0 && end < 0) {
            return document;
        }
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("The document has not both of '" + opening.strip() + "' and '" + closing
                    + "' in this order: put each on a line of its own around the part to be made");
        }
        return document.substring(0, begin + opening.length()) + "\n" + content + "\n\n" + document.substring(end);
    }
}
