package dev.odeon.experiments.architecture;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The class path of the tests. */
final class ClassPath {

    private ClassPath() {}

    /** Its jars and folders. */
    static List<Path> entries() {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getProperty("java.class.path"))
                .map(Path::of)
                .toList();
    }
}
