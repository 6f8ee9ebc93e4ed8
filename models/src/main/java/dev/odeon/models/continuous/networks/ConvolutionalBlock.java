package dev.odeon.models.continuous.networks;

import dev.odeon.graph.layers.Mlp;
import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.continuous.ContinuousModel;
import dev.odeon.models.continuous.InitialState;
import dev.odeon.models.continuous.ModelKind;
import dev.odeon.models.continuous.MomentumSettings;
import java.util.Objects;
import org.tensorflow.types.family.TFloating;

/**
 * A model of images [batch, height, width, features] with convolutions.
 *
 * <p>The field is {@link TimePaddedConvolutions}. Of kinds with momentum the start is {@link Convolutions}, which gives the
 * channels that h has beyond the image as well; of the others it is zeros.
 *
 * <p>These are the models of the thesis's MNIST, 85,316, 85,462, 86,179, 85,930 and 85,235 parameters with their read-outs. It
 * counts 85,931 of the heavy ball: the authors' code declares a xi for it, which nothing reads. Of CIFAR10: 173,611, 172,452,
 * 171,635, 172,916 and, with a xi that is not trained, 172,916. Source: Xia's thesis, section 3.5.2.
 *
 * @param settings of momentum; kinds without it do not look at them
 * @param initialization of all layers
 */
public record ConvolutionalBlock(
        ModelKind kind, BlockSizes sizes, MomentumSettings settings, Mlp.Initialization initialization)
        implements ModelBlock {

    public ConvolutionalBlock {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sizes, "sizes");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(initialization, "initialization");
    }

    /** With layers that start as PyTorch's do. */
    public ConvolutionalBlock(ModelKind kind, BlockSizes sizes, MomentumSettings settings) {
        this(kind, sizes, settings, new Mlp.FanInUniform());
    }

    @Override
    public <T extends TFloating> ContinuousModel<T> model(String name) {
        InitialState<T> initial =
                kind.hasMomentum() ? InitialState.computed(this.<T>start(name)) : InitialState.zeros();
        return kind.model(name, inner(name), sizes.channels(), initial, settings);
    }

    @Override
    public <T extends TFloating> ContinuousModel<T> declare(Parameters parameters, String name, Class<T> type) {
        this.<T>inner(name).declare(parameters, type, initialization);
        if (kind.hasMomentum()) {
            this.<T>start(name).declare(parameters, type, initialization);
        }
        ContinuousModel<T> model = model(name);
        model.declare(parameters, type);
        return model;
    }

    private <T extends TFloating> TimePaddedConvolutions<T> inner(String name) {
        int inputs = kind.innerInputs(sizes.channels());
        return new TimePaddedConvolutions<>(name + "/field", inputs, sizes.hidden(), sizes.channels());
    }

    private <T extends TFloating> Convolutions<T> start(String name) {
        return new Convolutions<>(name + "/start", sizes.features(), sizes.hidden(), sizes.missing(kind));
    }
}
