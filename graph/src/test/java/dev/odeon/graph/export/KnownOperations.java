package dev.odeon.graph.export;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.OpList;
import org.tensorflow.proto.SavedModel;

/** Checks a SavedModel by TensorFlow's own messages and its registry of operations. */
public final class KnownOperations {

    private KnownOperations() {}

    /**
     * The operations of a SavedModel that a plain TensorFlow does not know, and its references to functions that it does not
     * hold; empty if it can be loaded anywhere.
     */
    public static Set<String> unknown(Path folder) throws Exception {
        SavedModel model = SavedModel.parseFrom(Files.readAllBytes(folder.resolve("saved_model.pb")));
        Set<String> unknown = new TreeSet<>();
        Set<String> registry = registry();
        for (MetaGraphDef meta : model.getMetaGraphsList()) {
            GraphDef graph = meta.getGraphDef();
            Set<String> functions = graph.getLibrary().getFunctionList().stream()
                    .map(function -> function.getSignature().getName())
                    .collect(Collectors.toCollection(HashSet::new));
            Stream<NodeDef> nodes = Stream.concat(
                    graph.getNodeList().stream(),
                    graph.getLibrary().getFunctionList().stream()
                            .flatMap(function -> function.getNodeDefList().stream()));
            nodes.forEach(node -> {
                if (!registry.contains(node.getOp()) && !functions.contains(node.getOp())) {
                    unknown.add(node.getOp());
                }
                node.getAttrMap().forEach((name, value) -> {
                    if (value.hasFunc() && !functions.contains(value.getFunc().getName())) {
                        unknown.add("function " + value.getFunc().getName());
                    }
                    if (name.startsWith("_odeon")) {
                        unknown.add("attribute " + name);
                    }
                });
            });
        }
        return unknown;
    }

    private static Set<String> registry() throws InvalidProtocolBufferException {
        TensorFlow.version(); // loads the native library
        TF_Buffer buffer = tensorflow.TF_GetAllOpList();
        try {
            List<OpDef> all = OpList.parseFrom(buffer.dataAsByteBuffer()).getOpList();
            return all.stream().map(OpDef::getName).collect(Collectors.toSet());
        } finally {
            tensorflow.TF_DeleteBuffer(buffer);
        }
    }
}
