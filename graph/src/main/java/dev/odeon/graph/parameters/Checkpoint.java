package dev.odeon.graph.parameters;

import dev.odeon.graph.TensorSpec;
import dev.odeon.graph.Values;
import dev.odeon.graph.parameters.Parameters.Parameter;
import dev.odeon.graph.runtime.Sessions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFFailedPreconditionException;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TFUnimplementedException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.train.Restore;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * Saves the variables of a graph to files, and restores them.
 *
 * <p>The operations are added to the graph once, when this object is made; the path is fed at each run. The files are
 * TensorFlow's own tensor bundle ({@code PREFIX.index} and {@code PREFIX.data-00000-of-00001}), with one more tensor that
 * lists what the others are, by which a checkpoint of another model is recognised before anything is changed.
 */
public final class Checkpoint {

    private static final String MANIFEST = "odeon/manifest";

    private final List<String> expected;
    private final Operand<TString> path;
    private final Op save;
    private final Operand<TString> manifest;
    private final Op restore;

    /**
     * Adds the operations for all variables declared so far.
     *
     * @param groups such as the parameters of a model and the slots of its optimiser
     * @throws IllegalArgumentException if there is no variable, or a name occurs twice
     */
    public Checkpoint(Ops tf, Parameters... groups) {
        Map<String, Parameter> variables = new LinkedHashMap<>();
        for (Parameters group : groups) {
            for (Parameter parameter : group.all()) {
                if (variables.put(parameter.name(), parameter) != null) {
                    throw new IllegalArgumentException("Two variables are called '" + parameter.name()
                            + "': a checkpoint needs different names, rename one");
                }
            }
        }
        if (variables.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is nothing to save: declare the parameters before the checkpoint is made");
        }
        List<Operand<?>> tensors = new ArrayList<>();
        List<Class<? extends TType>> types = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Parameter parameter : variables.values()) {
            tensors.add(tf.readVariableOp(parameter.handle(), parameter.type()));
            types.add(parameter.type());
            lines.add(describe(parameter));
        }
        expected = List.copyOf(lines);
        path = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
        String[] names = variables.keySet().toArray(String[]::new);
        save = save(tf, names, tensors);
        Operand<TString> manifestName = tf.array(MANIFEST);
        manifest = tf.train
                .restore(path, manifestName, tf.array(""), List.of(TString.class))
                .tensors()
                .get(0)
                .expect(TString.class);
        // One operation reads everything, so damaged files change nothing.
        Restore read = tf.train.restore(path, tf.array(names), slices(tf, names.length), types);
        List<Op> assignments = new ArrayList<>();
        int i = 0;
        for (Parameter parameter : variables.values()) {
            assignments.add(
                    tf.assignVariableOp(parameter.handle(), read.tensors().get(i++)));
        }
        restore = tf.withControlDependencies(assignments).noOp();
    }

    /**
     * Writes all variables.
     *
     * <p>Not atomic: write into a new folder and rename it when this has returned.
     *
     * @param prefix of the files' names; their folder must exist
     */
    public void save(Session session, Path prefix) {
        run(session, prefix, save);
    }

    /**
     * Gives all variables the values of a checkpoint.
     *
     * @param prefix as for {@link #save}
     * @throws IllegalArgumentException if there is no checkpoint, or it is damaged or of another model; then no variable
     *     has changed
     */
    public void restore(Session session, Path prefix) {
        restore(session, prefix, this::requireSameModel);
    }

    /**
     * Gives all variables the values of a checkpoint that may hold others, too: the parameters of a trained model without
     * what its optimiser remembers.
     *
     * @param prefix as for {@link #save}
     * @throws IllegalArgumentException if there is no checkpoint, it is damaged, or it lacks one of these variables; then no
     *     variable has changed
     */
    public void restorePart(Session session, Path prefix) {
        restore(session, prefix, this::requireHeld);
    }

    /**
     * Reads values of a checkpoint without a model.
     *
     * @param wanted name, type and shape of each; the checkpoint may hold others, too
     * @return a tensor for each, to be closed by the caller
     * @throws IllegalArgumentException if there is no checkpoint, it is damaged, or it lacks one of them
     */
    public static Map<String, Tensor> read(Path prefix, List<TensorSpec> wanted) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Parameters parameters = new Parameters(tf, 0);
            for (TensorSpec each : wanted) {
                parameters.declare(each.name(), floating(each), each.shape(), Initializer.zeros());
            }
            Checkpoint checkpoint = new Checkpoint(tf, parameters);
            Values values = parameters.read();
            try (Session session = Sessions.open(graph)) {
                checkpoint.restorePart(session, prefix);
                Session.Runner runner = session.runner();
                values.operands().forEach(runner::fetch);
                Result fetched = runner.run();
                Map<String, Tensor> tensors = new LinkedHashMap<>();
                for (TensorSpec each : wanted) {
                    tensors.put(each.name(), fetched.get(tensors.size()));
                }
                return tensors;
            }
        }
    }

    private static Class<? extends TFloating> floating(TensorSpec spec) {
        if (!TFloating.class.isAssignableFrom(spec.type())) {
            throw new IllegalArgumentException("'" + spec.name() + "' is of "
                    + spec.type().getSimpleName() + ": checkpoints hold floating-point variables");
        }
        return spec.type().asSubclass(TFloating.class);
    }

    /** What has to be true of a checkpoint's manifest. */
    private interface Requirement {
        void check(Path prefix, List<String> held);
    }

    private void restore(Session session, Path prefix, Requirement requirement) {
        if (!Files.isRegularFile(Path.of(prefix + ".index"))) {
            throw new IllegalArgumentException(
                    "There is no checkpoint " + prefix + ": give the path without the ending .index");
        }
        try {
            requirement.check(prefix, readManifest(session, prefix));
            run(session, prefix, restore);
        } catch (TFResourceExhaustedException | TFFailedPreconditionException | TFUnimplementedException e) {
            // Says something about this machine or this graph, not about the files.
            throw e;
        } catch (TensorFlowException e) {
            throw new IllegalArgumentException(
                    prefix + " is no readable checkpoint of Odeon: restore an older one, or train anew", e);
        }
    }

    private void requireSameModel(Path prefix, List<String> held) {
        List<String> missing = without(expected, held);
        List<String> surplus = without(held, expected);
        if (missing.isEmpty() && !surplus.isEmpty()) {
            throw new IllegalArgumentException(prefix + " is a checkpoint of another model: it also holds "
                    + shown(surplus)
                    + "; leave these out by restorePart, or build the model with the options it was saved"
                    + " with");
        }
        requireHeld(prefix, held);
    }

    private void requireHeld(Path prefix, List<String> held) {
        List<String> missing = without(expected, held);
        List<String> surplus = without(held, expected);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(prefix + " is a checkpoint of another model: it holds " + shown(surplus)
                    + " where this model has " + shown(missing)
                    + "; build the model with the options it was saved with, or choose another checkpoint");
        }
    }

    private List<String> readManifest(Session session, Path prefix) {
        try (TString fed = TString.scalarOf(prefix.toString());
                Result result = session.runner().feed(path, fed).fetch(manifest).run()) {
            String text = ((TString) result.get(0)).getObject();
            return text.lines().toList();
        }
    }

    private void run(Session session, Path prefix, Op operation) {
        try (TString fed = TString.scalarOf(prefix.toString())) {
            session.runner().feed(path, fed).addTarget(operation).run().close();
        }
    }

    private Op save(Ops tf, String[] names, List<Operand<?>> tensors) {
        List<String> allNames = new ArrayList<>(List.of(names));
        allNames.add(MANIFEST);
        List<Operand<?>> allTensors = new ArrayList<>(tensors);
        allTensors.add(tf.constant(StandardCharsets.UTF_8, String.join("\n", expected)));
        return tf.train.save(path, tf.array(allNames.toArray(String[]::new)), slices(tf, allNames.size()), allTensors);
    }

    /** Whole tensors. */
    private static Operand<TString> slices(Ops tf, int count) {
        return tf.array(Collections.nCopies(count, "").toArray(String[]::new));
    }

    private static String describe(Parameter parameter) {
        String type = parameter.type().equals(TFloat32.class) ? "float32" : "float64";
        return parameter.name() + " " + type + " " + parameter.shape();
    }

    private static List<String> without(List<String> lines, List<String> others) {
        return lines.stream().filter(line -> !others.contains(line)).toList();
    }

    private static String shown(List<String> lines) {
        if (lines.isEmpty()) {
            return "nothing";
        }
        int limit = Math.min(3, lines.size());
        String more = lines.size() > limit ? " and " + (lines.size() - limit) + " more" : "";
        return String.join(", ", lines.subList(0, limit)) + more;
    }
}
