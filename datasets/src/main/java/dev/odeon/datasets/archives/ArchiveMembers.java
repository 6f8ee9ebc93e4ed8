package dev.odeon.datasets.archives;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files in an archive, whatever its kind: tar, compressed tar or zip. */
public final class ArchiveMembers {
    private static final byte[] ZIP = {'P', 'K'};

    private static final String REMEDY = "download or write it again";

    private ArchiveMembers() {}

    /**
     * Visits all regular files in an archive.
     *
     * @param path the archive
     * @param most bytes it may unfold to; more are an error
     * @param visitor takes each file by its name without folders, in the order of the archive
     * @throws DataException if the archive is missing, damaged, larger than {@code most} or empty
     */
    public static void visit(Path path, long most, TarFile.Visitor visitor) {
        if (isZip(path)) {
            visitZip(path, most, visitor);
        } else {
            TarFile.visit(path, most, visitor);
        }
    }

    /** By the directory, which stands at the end of an archive: one that is cut short has none. */
    private static void visitZip(Path path, long most, TarFile.Visitor visitor) {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            BoundedStream in = new BoundedStream(path, InputStream.nullInputStream(), most);
            int files = 0;
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (!entry.isDirectory()) {
                    try (ZipMember member = new ZipMember(zip, entry)) {
                        in = in.then(member);
                        String name = entry.getName();
                        visitor.visit(name.substring(name.lastIndexOf('/') + 1), in);
                        in.transferTo(OutputStream.nullOutputStream());
                        member.requireIntact();
                    }
                    files++;
                }
            }
            if (files == 0) {
                throw DataException.of(path, "no file inside", "a zip archive", REMEDY);
            }
        } catch (DataException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw DataException.of(
                    path, "damaged or truncated (" + CompressedFile.reason(e) + ")", "a zip archive", REMEDY, e);
        }
    }

    /**
     * Digests an archive so that its order and compression do not matter; it is unfolded in memory.
     *
     * @param path the archive
     * @param most bytes it may unfold to; more are an error
     * @return SHA-256 over, by ascending name: the name, the length as 8 bytes little-endian, and the contents
     * @throws DataException if the archive is missing, damaged, larger than {@code most} or empty, or two files in it have
     *     one name
     */
    public static String digest(Path path, long most) {
        Map<String, byte[]> files = new TreeMap<>();
        visit(path, most, (name, in) -> {
            if (files.put(name, in.readAllBytes()) != null) {
                throw DataException.of(path, "two files called " + name, "different names", REMEDY);
            }
        });
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
            return Arrays.equals(in.readNBytes(ZIP.length), ZIP);
        } catch (IOException e) {
            // Said better by whoever reads on.
            return false;
        }
    }
}
