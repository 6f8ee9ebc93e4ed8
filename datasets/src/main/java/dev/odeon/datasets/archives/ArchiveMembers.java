package dev.odeon.datasets.archives;

import dev.odeon.datasets.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The files in an archive, whatever its kind: tar, compressed tar or zip. */
public final class ArchiveMembers {
    private static final int ZIP = 0x504b0304;

    private ArchiveMembers() {}

    /**
     * Visits all regular files in an archive.
     *
     * @param path the archive
     * @param most bytes it may unfold to; more are an error
     * @param visitor takes each file by its name without folders, in the order of the archive
     * @throws dev.odeon.datasets.DataException if the archive is missing, damaged, larger than {@code most} or empty
     */
    public static void visit(Path path, long most, TarFile.Visitor visitor) {
        if (!isZip(path)) {
            TarFile.visit(path, most, visitor);
            return;
        }
        CompressedFile.read(path, Long.MAX_VALUE, raw -> {
            ZipInputStream zip = new ZipInputStream(raw);
            BoundedStream in = new BoundedStream(path, zip, most);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    visitor.visit(entry.getName().substring(entry.getName().lastIndexOf('/') + 1), in);
                }
            }
            return path;
        });
    }

    /**
     * Digests an archive so that its order and compression do not matter.
     *
     * @param path the archive
     * @param most bytes it may unfold to; more are an error
     * @return SHA-256 over, by ascending name: the name, the length as 8 bytes little-endian, and the contents
     * @throws dev.odeon.datasets.DataException if the archive is missing or damaged
     */
    public static String digest(Path path, long most) {
        Map<String, byte[]> files = new TreeMap<>();
        visit(path, most, (name, in) -> files.put(name, in.readAllBytes()));
        MessageDigest digest = Sha256.begin();
        files.forEach((name, bytes) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(0, bytes.length)
                    .array());
            digest.update(bytes);
        });
        return Sha256.end(digest);
    }

    private static boolean isZip(Path path) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            byte[] start = in.readNBytes(Integer.BYTES);
            return start.length == Integer.BYTES && ByteBuffer.wrap(start).getInt() == ZIP;
        } catch (IOException e) {
            // Said better by whoever reads on.
            return false;
        }
    }
}
