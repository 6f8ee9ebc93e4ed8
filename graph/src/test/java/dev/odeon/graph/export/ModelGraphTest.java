package dev.odeon.graph.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.TextFormat;
import dev.odeon.graph.Compilation;
import dev.odeon.graph.Gradients;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.WhileLoop;
import dev.odeon.graph.parameters.Initializer;
import dev.odeon.graph.parameters.Parameters;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

class ModelGraphTest {

    private static final TensorSpec X = new TensorSpec("x", TFloat64.class, Shape.of(-1, 2), true);
    private static final TensorSpec FACTOR = new TensorSpec("scale/factor", TFloat64.class, Shape.of(2), true);

    /** Multiplies by the factor three times. */
    private static Values cubed(Ops tf, Values inputs, Values parameters) {
        WhileLoop loop = WhileLoop.define(
                tf,
                "cubed",
                Values.of("round", tf.constant(0)).and(inputs).specs(),
                parameters.specs(),
                (inner, carried, invariants) -> inner.math.less(carried.get("round", TInt32.class), inner.constant(3)),
                (inner, carried, invariants) -> carried.with(
                                "round", inner.math.add(carried.get("round", TInt32.class), inner.constant(1)))
                        .with(
                                "x",
                                inner.math.mul(
                                        carried.get("x", TFloat64.class),
                                        invariants.get("scale/factor", TFloat64.class))));
        Values end = loop.run(tf, Values.of("round", tf.constant(0)).and(inputs), parameters)
                .values();
        return Values.of("y", end.get("x"));
    }

    /** Of the sum of (factor x)^2. */
    private static Values gradient(Ops tf, Values inputs, Values parameters) {
        Operand<TFloat64> y =
                tf.math.mul(inputs.get("x", TFloat64.class), parameters.get("scale/factor", TFloat64.class));
        Operand<TFloat64> loss = tf.reduceSum(tf.math.square(y), tf.constant(new int[] {0, 1}));
        Values by = Gradients.of(tf, loss, inputs.and(parameters));
        return Values.of("loss", loss).and(by.prefixed("loss_by/"));
    }

    private static ModelGraph open() {
        return ModelGraph.of(
                List.of(FACTOR),
                List.of(
                        new ExportedFunction("predict", List.of(X), ModelGraphTest::cubed),
                        new ExportedFunction("gradient", List.of(X), ModelGraphTest::gradient)));
    }

    private static ModelGraph frozen() {
        try (TFloat64 factor = TFloat64.vectorOf(2, -1)) {
            return open().frozen(Map.of("scale/factor", factor));
        }
    }

    private static TFloat64 x() {
        return TFloat64.tensorOf(StdArrays.ndCopyOf(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
    }

    @Test
    void aFrozenModelComputesInThisProcessAndInPlainTensorFlow(@TempDir Path folder) throws Exception {
        Path model = folder.resolve("model");
        SavedModelFolder.write(frozen(), model, Map.of("settings.json", "{}"));
        assertThat(KnownOperations.unknown(model)).isEmpty();
        assertThat(model.resolve("assets.extra/settings.json")).hasContent("{}");
        try (TFloat64 x = x();
                LoadedModel loaded = LoadedModel.of(SavedModelFolder.read(model));
                Outputs outputs = loaded.call("predict", Map.of("x", x))) {
            assertThat(outputs.doubles("y")).containsExactly(8, -2, 24, -4, 40, -6);
        }
        try (TFloat64 x = x();
                SavedModelBundle bundle = SavedModelBundle.load(model.toString(), "serve");
                var result = bundle.function("gradient").call(Map.<String, Tensor>of("x", x))) {
            assertThat(((TFloat64) result.get("loss").orElseThrow()).getDouble())
                    .isEqualTo(4 * 35 + 56);
            TFloat64 byFactor = (TFloat64) result.get("loss_by/scale/factor").orElseThrow();
            // 2 factor sum(x^2)
            assertThat(byFactor.getDouble(0)).isEqualTo(4 * 35);
            assertThat(byFactor.getDouble(1)).isEqualTo(-2 * 56);
            TFloat64 byX = (TFloat64) result.get("loss_by/x").orElseThrow();
            assertThat(byX.getDouble(2, 0)).isEqualTo(2 * 4 * 5);
            assertThat(bundle.signatures())
                    .extracting(signature -> signature.key())
                    .contains("serving_default");
        }
    }

    @Test
    void tellsWhatItsFunctionsTakeAndReturn() {
        ModelSignature predict = frozen().signatures().get(0);
        assertThat(predict.name()).isEqualTo("predict");
        assertThat(predict.inputs()).containsExactly(X);
        assertThat(ModelSignature.words(predict.output("y").orElseThrow())).isEqualTo("float64 [?, 2]");
        assertThat(open().parameters()).containsExactly(FACTOR);
        assertThat(frozen().parameters()).isEmpty();
        assertThat(frozen().signatures().get(1).outputs())
                .extracting(TensorSpec::name)
                .containsExactly("loss", "loss_by/x", "loss_by/scale/factor");
    }

    @Test
    void parametersAreReadFromASession(@TempDir Path folder) {
        Path file = folder.resolve("model.pb");
        open().write(file);
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Parameters parameters = new Parameters(tf, 0);
            parameters.declare("scale/factor", TFloat64.class, Shape.of(2), Initializer.constant(0.5));
            try (Session session = new Session(graph)) {
                session.run(parameters.initializer());
                try (LoadedModel loaded = LoadedModel.of(ModelGraph.read(file).frozen(session, parameters.read()));
                        TFloat64 x = x();
                        Outputs outputs = loaded.call("predict", Map.of("x", x))) {
                    assertThat(outputs.doubles("y")).containsExactly(0.125, 0.25, 0.375, 0.5, 0.625, 0.75);
                }
            }
        }
    }

    /** A server need not have XLA: what was compiled is exported for the executor, with loops that it runs fast. */
    @Test
    void whatXlaCompiledIsExportedForTheExecutor() {
        ModelGraph model = ModelGraph.of(
                List.of(FACTOR),
                List.of(new ExportedFunction(
                        "predict",
                        List.of(X),
                        (tf, inputs, parameters) -> Compilation.XLA.run(
                                tf,
                                "compiled",
                                inputs.and(parameters),
                                (inner, values) -> cubed(
                                        inner,
                                        Values.of("x", values.get("x")),
                                        Values.of("scale/factor", values.get("scale/factor")))))));
        String text = TextFormat.printer().printToString(model.graph());
        assertThat(text).doesNotContain("_XlaMustCompile").contains("_lower_using_switch_merge");
        try (TFloat64 factor = TFloat64.vectorOf(2, -1);
                TFloat64 x = x();
                LoadedModel loaded = LoadedModel.of(model.frozen(Map.of("scale/factor", factor)));
                Outputs outputs = loaded.call("predict", Map.of("x", x))) {
            assertThat(outputs.doubles("y")).containsExactly(8, -2, 24, -4, 40, -6);
        }
    }

    @Test
    void refusesWhatCannotBeExported(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> SavedModelFolder.write(open(), folder.resolve("open")))
                .hasMessageContaining("scale/factor")
                .hasMessageContaining("frozen");
        assertThatThrownBy(() -> open().frozen(Map.of()))
                .hasMessageContaining("no value of the parameter 'scale/factor'");
        try (TFloat64 wide = TFloat64.vectorOf(1, 2, 3)) {
            assertThatThrownBy(() -> open().frozen(Map.of("scale/factor", wide)))
                    .hasMessageContaining("float64 [2]")
                    .hasMessageContaining("float64 [3]");
        }
        Files.createFile(folder.resolve("something"));
        assertThatThrownBy(() -> SavedModelFolder.write(frozen(), folder))
                .hasMessageContaining("nothing is overwritten");
        assertThatThrownBy(() -> ModelGraph.of(List.of(), List.of())).hasMessageContaining("no function");
        assertThatThrownBy(() -> new ExportedFunction("to predict", List.of(X), ModelGraphTest::cubed))
                .hasMessageContaining("'to predict'");
        assertThatThrownBy(() -> ModelGraph.of(
                        List.of(), List.of(new ExportedFunction("predict", List.of(X), (tf, inputs, parameters) -> {
                            Parameters own = new Parameters(tf, 0);
                            own.declare("forgotten", TFloat64.class, Shape.of(2), Initializer.constant(1));
                            return own.read();
                        }))))
                .hasMessageContaining("would stay behind");
        assertThatThrownBy(() -> SavedModelFolder.read(folder)).hasMessageContaining("no saved_model.pb");
    }

    @Test
    void refusesInputsThatDoNotFit() {
        try (LoadedModel loaded = LoadedModel.of(frozen());
                TFloat64 narrow = TFloat64.vectorOf(1, 2);
                TInt32 whole = TInt32.scalarOf(1)) {
            assertThatThrownBy(() -> loaded.call("predict", Map.of()))
                    .hasMessage("The input 'x' of predict is missing: give float64 [?, 2]");
            assertThatThrownBy(() -> loaded.call("predict", Map.of("x", narrow)))
                    .hasMessage("The input 'x' of predict is float64 [2]: give float64 [?, 2]");
            assertThatThrownBy(() -> loaded.call("predict", Map.of("x", whole))).hasMessageContaining("is int32 []");
            assertThatThrownBy(() -> loaded.call("predict", Map.of("x", narrow, "y", whole)))
                    .hasMessageContaining("no input 'y'");
            assertThatThrownBy(() -> loaded.call("guess", Map.of("x", narrow)))
                    .hasMessageContaining("no function 'guess': it has [predict, gradient]");
        }
    }

    @ParameterizedTest
    @EnumSource
    void writesTheGraph(GraphFormat format, @TempDir Path folder) throws Exception {
        GraphDef graph = frozen().graph();
        Path file = folder.resolve("graph." + format.name().toLowerCase(java.util.Locale.ROOT));
        format.write(graph, file);
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.UTF_8);
        switch (format) {
            case BINARY -> assertThat(GraphDef.parseFrom(bytes)).isEqualTo(graph);
            case TEXT -> assertThat(TextFormat.parse(text, GraphDef.class)).isEqualTo(graph);
            case DOT ->
                assertThat(text)
                        .startsWith("digraph")
                        .contains("subgraph cluster_2")
                        .contains("StatelessWhile\\ncubed")
                        .contains("lhead=cluster_1")
                        .doesNotContain("Const");
            case SVG -> {
                var root = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(bytes))
                        .getDocumentElement();
                assertThat(root.getTagName()).isEqualTo("svg");
                assertThat(text)
                        .contains("class=\"frame\"")
                        .contains("class=\"box\"")
                        .contains(">StatelessWhile<");
            }
        }
    }

    @Test
    void theEndingOfAFileNamesItsFormat() {
        assertThat(GraphFormat.of(Path.of("out/Graph.PBTXT"))).isEqualTo(GraphFormat.TEXT);
        assertThatThrownBy(() -> GraphFormat.of(Path.of("graph.png"))).hasMessageContaining(".svg");
    }
}
