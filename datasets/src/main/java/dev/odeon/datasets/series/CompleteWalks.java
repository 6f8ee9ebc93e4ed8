package dev.odeon.datasets.series;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Parts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Notices walks that are missing: without them all splits would be others, and nothing would look wrong.
 *
 * <p>Files that are numbered must be numbered without a gap. The published walks are known by the first or the last of them;
 * they must be as many as were published, and give as many windows.
 */
final class CompleteWalks {
    private static final Pattern NUMBERED = Pattern.compile("rollout_(\\d{1,9})\\.npy");
    private static final int PUBLISHED = 400;
    private static final List<Integer> WINDOWS = List.of(9684, 1272, 1937);
    private static final String REMEDY = "fetch walker2d again";

    /** Hash codes of the numbers in the first and the last of the published walks. */
    private static final Map<String, Integer> KNOWN =
            Map.of("rollout_000.npy", 0x30300ec7, "rollout_399.npy", 0xd0fb92ac);

    private CompleteWalks() {}

    static void requireNoGap(Path path, SortedMap<String, Series> walks) {
        int previous = -1;
        for (String name : walks.keySet()) {
            Matcher matcher = NUMBERED.matcher(name);
            if (!matcher.matches()) {
                return;
            }
            int number = Integer.parseInt(matcher.group(1));
            if (previous >= 0 && number != previous + 1) {
                throw DataException.of(
                        path, name + " after number " + previous, "walks numbered without a gap", REMEDY);
            }
            previous = number;
        }
    }

    static void requireAll(Path path, SortedMap<String, Series> walks, Parts<Walker2d> parts) {
        boolean published = KNOWN.entrySet().stream()
                .anyMatch(known -> walks.containsKey(known.getKey())
                        && Arrays.hashCode(walks.get(known.getKey()).values()) == known.getValue());
        List<Integer> windows = List.of(
                parts.train().inputs().count(),
                parts.validation().inputs().count(),
                parts.test().inputs().count());
        if (published && (walks.size() != PUBLISHED || !windows.equals(WINDOWS))) {
            throw DataException.of(
                    path,
                    walks.size() + " walks with " + windows + " windows",
                    PUBLISHED + " with " + WINDOWS + ", as published",
                    REMEDY);
        }
    }
}
