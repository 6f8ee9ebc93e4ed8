package dev.odeon.datasets.archives;

import dev.odeon.datasets.DataException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Files below a folder, or below the one folder in a zip archive, read alike; those that end in .gz are unpacked. */
public final class FileTree implements Closeable {
    private final Path path;
    private final @Nullable ZipFile zip;
    private final String prefix;

    private FileTree(Path path, @Nullable ZipFile zip, String prefix) {
        this.path = path;
        this.zip = zip;
        this.prefix = prefix;
    }

    /**
     * Opens a folder or a zip archive.
     *
     * @param path the folder or archive
     * @param landmark a file that it must hold, for example {@code raw/edge.csv.gz}; it may lie one folder deeper
     * @return the files, to be closed by the caller
     * @throws DataException if there is no such file
     */
    public static FileTree open(Path path, String landmark) {
        if (Files.isDirectory(path)) {
            if (Files.isRegularFile(path.resolve(landmark))) {
                return new FileTree(path, null, "");
            }
            throw DataException.of(path, "no " + landmark, "a folder that has it", "check the path");
        }
        ZipFile zip = null;
        try {
            zip = new ZipFile(path.toFile());
            String found = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.equals(landmark) || name.matches("[^/]+/" + Pattern.quote(landmark)))
                    .findFirst()
                    .orElseThrow(() -> DataException.of(path, "no " + landmark, "an archive that has it", "check it"));
            return new FileTree(path, zip, found.substring(0, found.length() - landmark.length()));
        } catch (IOException | IllegalArgumentException e) {
            throw DataException.of(path, "not a zip file, or a truncated one", "a zip file or a folder", "check it", e);
        } catch (DataException e) {
            closeQuietly(zip);
            throw e;
        }
    }

    /**
     * Reads a file.
     *
     * @param name its name, with slashes
     * @param most bytes it may unfold to; more are an error
     * @param body takes its contents, unpacked
     * @return what the body made of them
     * @throws DataException if the file is missing, damaged or larger than {@code most}
     */
    public <T> T read(String name, long most, CompressedFile.Body<T> body) {
        try (InputStream raw = stream(name);
                InputStream in =
                        new BoundedStream(path, name.endsWith(".gz") ? CompressedFile.gunzip(raw) : raw, most)) {
            T result = body.read(in);
            in.transferTo(OutputStream.nullOutputStream());
            if (raw instanceof ZipMember member) {
                member.requireIntact();
            }
            return result;
        } catch (DataException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw DataException.of(
                    path,
                    name + " damaged or truncated (" + CompressedFile.reason(e) + ")",
                    "an intact file",
                    "fetch it again",
                    e);
        }
    }

    private InputStream stream(String name) throws IOException {
        if (zip == null) {
            if (Files.isRegularFile(path.resolve(name))) {
                return new BufferedInputStream(Files.newInputStream(path.resolve(name)));
            }
        } else {
            ZipEntry entry = zip.getEntry(prefix + name);
            if (entry != null) {
                return new ZipMember(zip, entry);
            }
        }
        throw DataException.of(path, "no " + name, "all files of the data set", "fetch it again");
    }

    @Override
    public void close() {
        closeQuietly(zip);
    }

    private static void closeQuietly(@Nullable ZipFile zip) {
        try {
            if (zip != null) {
                zip.close();
            }
        } catch (IOException e) {
            // Reading is over: nothing can be lost any more.
            return;
        }
    }
}
