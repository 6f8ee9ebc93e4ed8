package dev.odeon.graph.export;

import dev.odeon.graph.DataTypes;
import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.runtime.Sessions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.proto.SignatureDef;

/**
 * A frozen model in a session of this process, whose functions are called by name; owns graph and session: close it.
 *
 * <p>It may be called from several threads at once.
 */
public final class LoadedModel implements AutoCloseable {

    private final ModelGraph model;
    private final Graph graph = new Graph();
    private final Session session;

    private LoadedModel(ModelGraph model) {
        this.model = model;
        try {
            graph.importGraphDef(model.graph());
            this.session = Sessions.open(graph);
        } catch (RuntimeException | Error e) {
            graph.close();
            throw e;
        }
    }

    /**
     * Loads a model.
     *
     * @throws IllegalArgumentException if parameters are open
     */
    public static LoadedModel of(ModelGraph model) {
        if (!model.parameters().isEmpty()) {
            throw new IllegalArgumentException("The model has open parameters: load what frozen(...) returns");
        }
        return new LoadedModel(model);
    }

    /** Its functions. */
    public List<ModelSignature> signatures() {
        return model.signatures();
    }

    /**
     * One of its functions.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public ModelSignature signature(String function) {
        model.signature(function);
        return signatures().stream()
                .filter(signature -> signature.name().equals(function))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Calls a function.
     *
     * @param inputs a tensor for each of its inputs, which stay the caller's
     * @return its outputs, to be closed by the caller
     * @throws IllegalArgumentException if there is no such function, an input is missing or unknown, or has another type
     *     or shape
     */
    public Outputs call(String function, Map<String, ? extends Tensor> inputs) {
        SignatureDef signature = model.signature(function);
        ModelSignature described = signature(function);
        Session.Runner runner = session.runner();
        List<String> known = described.inputs().stream().map(TensorSpec::name).toList();
        for (String name : inputs.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "The function " + function + " has no input '" + name + "': it has " + known);
            }
        }
        for (TensorSpec input : described.inputs()) {
            Tensor given = inputs.get(input.name());
            require(function, input, given);
            runner.feed(signature.getInputsOrThrow(input.name()).getName(), given);
        }
        List<String> outputs = new ArrayList<>();
        signature.getOutputsMap().forEach((name, info) -> {
            outputs.add(name);
            runner.fetch(info.getName());
        });
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Result fetched = runner.run();
        for (int i = 0; i < outputs.size(); i++) {
            tensors.put(outputs.get(i), fetched.get(i));
        }
        return new Outputs(tensors);
    }

    private static void require(String function, TensorSpec input, @Nullable Tensor given) {
        if (given == null) {
            throw new IllegalArgumentException("The input '" + input.name() + "' of " + function + " is missing: give "
                    + TensorProtos.words(input));
        }
        if (given.dataType() != DataTypes.of(input.type()) || !TensorProtos.fits(input.shape(), given.shape())) {
            throw new IllegalArgumentException("The input '" + input.name() + "' of " + function + " is "
                    + TensorProtos.words(given.dataType(), given.shape()) + ": give " + TensorProtos.words(input));
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
