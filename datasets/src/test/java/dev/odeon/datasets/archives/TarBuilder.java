package dev.odeon.datasets.archives;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Makes archives for tests. */
public final class TarBuilder {
    private TarBuilder() {}

    /** {@return a tar archive of texts, by name} */
    public static byte[] tar(Map<String, String> members) {
        return bytes(out -> {
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
                for (Map.Entry<String, String> member : new TreeMap<>(members).entrySet()) {
                    byte[] text = member.getValue().getBytes(StandardCharsets.UTF_8);
                    TarArchiveEntry entry = new TarArchiveEntry(member.getKey());
                    entry.setModTime(0);
                    entry.setSize(text.length);
                    tar.putArchiveEntry(entry);
                    tar.write(text);
                    tar.closeArchiveEntry();
                }
            }
        });
    }

    /** {@return the bytes, compressed} */
    public static byte[] gzip(byte[] bytes) {
        return bytes(out -> {
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(bytes);
            }
        });
    }

    /** {@return the bytes, compressed} */
    public static byte[] xz(byte[] bytes) {
        return bytes(out -> {
            LZMA2Options options = new LZMA2Options(1);
            options.setDictSize(1 << 16);
            try (XZOutputStream xz = new XZOutputStream(out, options)) {
                xz.write(bytes);
            }
        });
    }

    private interface Writer {
        void write(OutputStream out) throws IOException;
    }

    private static byte[] bytes(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
