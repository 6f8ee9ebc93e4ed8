package dev.odeon.datasets.cache;

import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of a file an answer of status 206 brings: its header Content-Range.
 *
 * <p>Source: R. Fielding, M. Nottingham, J. Reschke, HTTP semantics, RFC 9110, 2022, section 14.4.
 *
 * @param first the first byte, counted from 0
 * @param last the last byte
 * @param total size of the whole file, if the server states it
 */
record ContentRange(long first, long last, Optional<Long> total) {
    private static final Pattern FORM = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    /** {@return the range, if the header is there and makes sense} */
    static Optional<ContentRange> of(HttpHeaders headers) {
        return headers.firstValue("Content-Range")
                .map(FORM::matcher)
                .filter(Matcher::matches)
                .map(found -> new ContentRange(
                        Long.parseLong(found.group(1)),
                        Long.parseLong(found.group(2)),
                        found.group(3).equals("*") ? Optional.empty() : Optional.of(Long.parseLong(found.group(3)))))
                .filter(range -> range.first <= range.last
                        && range.total.filter(total -> total <= range.last).isEmpty());
    }

    /** {@return whether these are all bytes from one on} */
    boolean isRestFrom(long offset) {
        return first == offset && total.filter(size -> size != last + 1).isEmpty();
    }
}
