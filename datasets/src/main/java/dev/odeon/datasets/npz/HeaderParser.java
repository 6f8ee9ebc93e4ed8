package dev.odeon.datasets.npz;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Python dictionary at the head of an array: {'descr': TEXT, 'fortran_order': BOOL, 'shape': TUPLE, }.
 *
 * <p>Only this one form is accepted, with its keys in any order; nothing is ever evaluated.
 */
final class HeaderParser {
    private static final int MOST_EXTENTS = 32;

    private final String text;
    private int at;
    private @Nullable String type;
    private @Nullable Boolean fortranOrder;
    private @Nullable List<Long> shape;

    private HeaderParser(String text) {
        this.text = text;
    }

    /**
     * Parses a header.
     *
     * @param text the literal, with the padding around it
     * @return the header
     * @throws NumberFormatException if it is anything else
     */
    static NpyHeader parse(String text) {
        return new HeaderParser(text).dictionary();
    }

    private NpyHeader dictionary() {
        require('{');
        while (!accept('}')) {
            entry();
            if (!accept(',')) {
                require('}');
                break;
            }
        }
        skipSpace();
        if (at != text.length() || type == null || fortranOrder == null || shape == null) {
            throw malformed();
        }
        return new NpyHeader(type, fortranOrder, shape);
    }

    private void entry() {
        String key = quoted();
        require(':');
        switch (key) {
            case "descr" -> type = peek() == '[' ? bracketed() : quoted();
            case "fortran_order" -> fortranOrder = bool();
            case "shape" -> shape = tuple();
            default -> throw malformed();
        }
    }

    private String quoted() {
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw malformed();
        }
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw malformed();
        }
        String content = text.substring(at + 1, end);
        at = end + 1;
        return content;
    }

    /** A structured type: kept as text, since arrays of it are only listed. */
    private String bracketed() {
        int start = at;
        int depth = 0;
        do {
            if (at >= text.length()) {
                throw malformed();
            }
            char c = text.charAt(at++);
            if (c == '[') {
                depth++;
            } else if (c == ']') {
                depth--;
            }
        } while (depth > 0);
        return text.substring(start, at);
    }

    private boolean bool() {
        skipSpace();
        for (boolean value : new boolean[] {true, false}) {
            String word = value ? "True" : "False";
            if (text.startsWith(word, at)) {
                at += word.length();
                return value;
            }
        }
        throw malformed();
    }

    private List<Long> tuple() {
        List<Long> extents = new ArrayList<>();
        require('(');
        while (!accept(')')) {
            extents.add(extent());
            if (extents.size() > MOST_EXTENTS) {
                throw malformed();
            }
            if (!accept(',')) {
                require(')');
                break;
            }
        }
        return extents;
    }

    private long extent() {
        skipSpace();
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return Long.parseLong(text.substring(start, at));
    }

    private boolean accept(char c) {
        if (peek() == c) {
            at++;
            return true;
        }
        return false;
    }

    private void require(char c) {
        if (!accept(c)) {
            throw malformed();
        }
    }

    private char peek() {
        skipSpace();
        if (at >= text.length()) {
            throw malformed();
        }
        return text.charAt(at);
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
            at++;
        }
    }

    private NumberFormatException malformed() {
        return new NumberFormatException("not an array header at character " + at);
    }
}
