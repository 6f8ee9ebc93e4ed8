package dev.odeon.experiments.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The example of the README: the statements of a method. */
public final class ReadmeExample {

    private ReadmeExample() {}

    /** {@return the example as it stands in the file} */
    public static String statements() throws IOException {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "README.md")));
        if (!block.find()) {
            throw new IllegalStateException("README.md has no block of Java");
        }
        return block.group(1);
    }
}
