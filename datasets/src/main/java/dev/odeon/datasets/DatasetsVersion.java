package dev.odeon.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this module, as it is written into every data file it makes. */
public final class DatasetsVersion {
    private static final String VERSION = load();

    private DatasetsVersion() {}

    /** {@return the version, for example {@code 0.1.0}} */
    public static String current() {
        return VERSION;
    }

    private static String load() {
        try (InputStream in = DatasetsVersion.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new IllegalStateException("version.properties is missing from the datasets module: rebuild it");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
