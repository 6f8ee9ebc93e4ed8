package dev.odeon.experiments.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which package names types of which, as the sources say.
 *
 * <p>Compiled classes do not tell all of it: the compiler copies constants, and with them the dependency disappears.
 *
 * @param uses for each package the packages it names, each with the first place that does
 */
record SourceDependencies(Map<String, Map<String, String>> uses) {

    /** Comments, text blocks, strings and characters: no code. */
    private static final Pattern NO_CODE = Pattern.compile(
            "/\\*.*?\\*/|//[^\n]*|\"\"\".*?(?<!\\\\)\"\"\"" + "|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])+'",
            Pattern.DOTALL);

    /** A type, or all types of a package, in an import or in the code itself. */
    private static final Pattern NAMED = Pattern.compile("\\b(dev\\.odeon(?:\\.[a-z]\\w*)*)\\.([A-Z]\\w*|\\*)");

    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);

    /** Those of all Java files under some folders. */
    static SourceDependencies of(List<Path> folders) throws IOException {
        Map<String, Map<String, String>> uses = new TreeMap<>();
        for (Path folder : folders) {
            List<Path> files;
            try (Stream<Path> found = Files.walk(folder)) {
                files = found.filter(file -> file.toString().endsWith(".java"))
                        .sorted()
                        .toList();
            }
            for (Path file : files) {
                add(uses, file.getFileName().toString(), Files.readString(file));
            }
        }
        return new SourceDependencies(uses);
    }

    private static void add(Map<String, Map<String, String>> uses, String file, String text) {
        String code = NO_CODE.matcher(text).replaceAll(" ");
        Matcher own = PACKAGE.matcher(code);
        if (!own.find()) {
            return;
        }
        Map<String, String> ofPackage = uses.computeIfAbsent(own.group(1), name -> new TreeMap<>());
        Matcher named = NAMED.matcher(code);
        while (named.find()) {
            if (!named.group(1).equals(own.group(1))) {
                ofPackage.putIfAbsent(named.group(1), file + " names " + named.group());
            }
        }
    }

    /** The steps of a cycle, a line each, or nothing if there is none. */
    List<String> cycle() {
        Set<String> done = new HashSet<>();
        for (String start : uses.keySet()) {
            List<String> found = search(start, new ArrayList<>(), done);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private List<String> search(String at, List<String> way, Set<String> done) {
        int before = way.indexOf(at);
        if (before >= 0) {
            return told(way.subList(before, way.size()));
        }
        if (!done.contains(at)) {
            way.add(at);
            for (String next : uses.getOrDefault(at, Map.of()).keySet()) {
                List<String> found = search(next, way, done);
                if (!found.isEmpty()) {
                    return found;
                }
            }
            way.remove(way.size() - 1);
            done.add(at);
        }
        return List.of();
    }

    private List<String> told(List<String> cycle) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < cycle.size(); i++) {
            String from = cycle.get(i);
            String to = cycle.get((i + 1) % cycle.size());
            lines.add(from + " -> " + to + ": "
                    + uses.getOrDefault(from, Map.of()).get(to));
        }
        return lines;
    }
}
