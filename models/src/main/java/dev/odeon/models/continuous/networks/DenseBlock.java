package dev.odeon.models.continuous.networks;

import dev.odeon.graph.layers.Activation;
import dev.odeon.graph.layers.Mlp;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.continuous.ContinuousModel;
import dev.odeon.models.continuous.InitialState;
import dev.odeon.models.continuous.ModelKind;
import dev.odeon.models.continuous.MomentumSettings;
import java.util.List;
import java.util.Objects;
import org.tensorflow.types.family.TFloating;

/**
 * A model of vectors [batch, features] with perceptrons of two hidden layers.
 *
 * <p>The field, which does not see the time: dense, ELU, dense, ELU, dense. Of kinds with momentum the start: dense, hard tanh
 * to [-5, 5], dense, hard tanh, dense; of the others zeros. Layers start as PyTorch's do.
 *
 * <p>With two features these are the models of the thesis's point clouds, 525, 567, 527, 568 and 568 parameters with their
 * read-outs. It counts 528 of the second-order model: the authors' code declares a damping for it, which nothing reads; and its
 * xi of the generalized heavy ball is not trained there. Source: Xia's thesis, section 3.5.1.
 *
 * @param settings of momentum; kinds without it do not look at them
 */
public record DenseBlock(ModelKind kind, BlockSizes sizes, MomentumSettings settings) implements ModelBlock {

    private static final Activation BOUNDED = new Activation.HardTanh(5);

    public DenseBlock {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sizes, "sizes");
        Objects.requireNonNull(settings, "settings");
    }

    @Override
    public <T extends TFloating> ContinuousModel<T> model(String name) {
        Mlp inner = inner(name);
        InitialState<T> initial = kind.hasMomentum() ? InitialState.computed(start(name)::apply) : InitialState.zeros();
        return kind.model(name, (tf, t, h, theta) -> inner.apply(tf, h, theta), sizes.channels(), initial, settings);
    }

    @Override
    public <T extends TFloating> ContinuousModel<T> declare(Parameters parameters, String name, Class<T> type) {
        Mlp.Initialization initialization = new Mlp.FanInUniform();
        inner(name).declare(parameters, type, initialization);
        if (kind.hasMomentum()) {
            start(name).declare(parameters, type, initialization);
        }
        ContinuousModel<T> model = model(name);
        model.declare(parameters, type);
        return model;
    }

    private Mlp inner(String name) {
        int hidden = sizes.hidden();
        List<Integer> widths = List.of(kind.innerInputs(sizes.channels()), hidden, hidden, sizes.channels());
        return Mlp.named(name + "/field", widths, Activation.ELU);
    }

    private Mlp start(String name) {
        int hidden = sizes.hidden();
        List<Integer> widths = List.of(sizes.features(), hidden, hidden, sizes.missing(kind));
        return Mlp.named(name + "/start", widths, BOUNDED);
    }
}
