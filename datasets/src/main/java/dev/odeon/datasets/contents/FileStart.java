package dev.odeon.datasets.contents;

import dev.odeon.datasets.DataException;
import dev.odeon.datasets.archives.CompressedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The first bytes of a file.
 *
 * @param path the file or folder
 * @param raw as they stand in the file; none of a folder
 * @param unpacked the same, unless the file is compressed with gzip or xz
 * @param members the names in a zip archive, or in a folder
 */
@SuppressWarnings("ArrayRecordComponent") // Read only, inside of this package.
record FileStart(Path path, byte[] raw, byte[] unpacked, List<String> members) {
    private static final int LENGTH = 1 << 16;

    static FileStart of(Path path) {
        try {
            if (Files.isDirectory(path)) {
                try (var names = Files.list(path)) {
                    List<String> members = names.map(file -> String.valueOf(file.getFileName()))
                            .toList();
                    return new FileStart(path, new byte[0], new byte[0], members);
                }
            }
            byte[] raw;
            try (InputStream in = Files.newInputStream(path)) {
                raw = in.readNBytes(LENGTH);
            }
            List<String> members = List.of();
            if (begins(raw, "PK")) {
                try (ZipFile zip = new ZipFile(path.toFile())) {
                    members = Collections.list(zip.entries()).stream()
                            .map(ZipEntry::getName)
                            .toList();
                }
            }
            return new FileStart(path, raw, CompressedFile.start(path, LENGTH), members);
        } catch (NoSuchFileException e) {
            throw DataException.of(path, "no such file", "a file of data", "check the path", e);
        } catch (IOException | IllegalArgumentException e) {
            throw DataException.of(path, "cannot be read (" + e + ")", "an intact file", "fetch it again", e);
        }
    }

    /** {@return whether the bytes of the file begin like this; one byte per character} */
    boolean rawBegins(String start) {
        return begins(raw, start);
    }

    /** {@return whether the unpacked bytes begin like this; one byte per character} */
    boolean begins(String start) {
        return begins(unpacked, start);
    }

    /** {@return whether the unpacked bytes have this text at a place} */
    boolean has(String text, int at) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < wanted.length; i++) {
            if (at + i >= unpacked.length || unpacked[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether it is a folder} */
    boolean isFolder() {
        return Files.isDirectory(path);
    }

    /** {@return whether a member of this name, or one folder deeper, is in the archive or folder} */
    boolean holds(String pattern) {
        return members.stream().anyMatch(name -> name.matches("([^/]+/)?" + pattern));
    }

    /** {@return whether its name says that it is a table of text, also compressed} */
    boolean isNamedTable() {
        return String.valueOf(path.getFileName()).matches("(?i).*\\.(csv|tsv|txt|dat)(\\.gz|\\.xz)?");
    }

    /** {@return whether the unpacked bytes look like a text: none of them is zero, as some in a binary file are} */
    boolean isText() {
        for (byte each : unpacked) {
            if (each == 0) {
                return false;
            }
        }
        return unpacked.length > 0;
    }

    private static boolean begins(byte[] bytes, String start) {
        byte[] wanted = start.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < wanted.length; i++) {
            if (i >= bytes.length || bytes[i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
