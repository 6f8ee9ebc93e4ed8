package dev.odeon.datasets.arrow;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Files as other libraries write them; made.txt beside them says how. */
public final class ArrowKinds {
    private ArrowKinds() {}

    /** {@return the bytes of a file} */
    public static byte[] bytes(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ArrowKinds.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }
}
