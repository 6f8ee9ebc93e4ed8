package dev.odeon.experiments.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The examples of README and SOLVERS: the statements of a method. */
public final class ReadmeExample {

    private ReadmeExample() {}

    /** {@return the README's example as it stands in the file} */
    public static String statements() throws IOException {
        return statements("README.md");
    }

    /** {@return the first block of Java in a document} */
    static String statements(String document) throws IOException {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..").resolve(document)));
        if (!block.find()) {
            throw new IllegalStateException(document + " has no block of Java");
        }
        return block.group(1);
    }
}
