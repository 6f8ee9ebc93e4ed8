package dev.odeon.graph.export;

import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.tensorflow.proto.GraphDef;

/**
 * A file of a whole graph with its functions, from {@code Graph.toGraphDef()} or {@link ModelGraph#graph}.
 *
 * <p>The first two are what TensorFlow reads, the others are pictures. In pictures each function is a frame of its own, loops,
 * branches and calls are boxes that name the functions they run, and constants other than parameters are left out.
 */
public enum GraphFormat {
    /** TensorFlow's GraphDef, binary. */
    BINARY("pb") {
        @Override
        byte[] bytes(GraphDef graph) {
            return graph.toByteArray();
        }
    },
    /** TensorFlow's GraphDef, as text. */
    TEXT("pbtxt") {
        @Override
        byte[] bytes(GraphDef graph) {
            return utf8(TextFormat.printer().printToString(graph));
        }
    },
    /** A description for Graphviz: {@code dot -Tsvg graph.dot} lays it out. */
    DOT("dot") {
        @Override
        byte[] bytes(GraphDef graph) {
            return utf8(DotText.of(Drawing.of(graph)));
        }
    },
    /** A picture, laid out layer by layer without Graphviz. */
    SVG("svg") {
        @Override
        byte[] bytes(GraphDef graph) {
            return utf8(SvgText.of(Drawing.of(graph)));
        }
    };

    private final String ending;

    GraphFormat(String ending) {
        this.ending = ending;
    }

    /**
     * The format that a file's ending names.
     *
     * @throws IllegalArgumentException if it is none of pb, pbtxt, dot and svg
     */
    public static GraphFormat of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        for (GraphFormat format : values()) {
            if (name.endsWith("." + format.ending)) {
                return format;
            }
        }
        throw new IllegalArgumentException("The file of a graph is called " + file + ": end its name with one of "
                + Arrays.stream(values()).map(format -> "." + format.ending).toList());
    }

    /**
     * Writes a graph.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void write(GraphDef graph, Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(file, bytes(graph));
        } catch (IOException e) {
            throw new UncheckedIOException("The graph cannot be written to " + file + ": choose another place", e);
        }
    }

    abstract byte[] bytes(GraphDef graph);

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
