package dev.odeon.models.continuous.networks;

import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.continuous.ContinuousModel;
import org.tensorflow.types.family.TFloating;

/** A model of one of the kinds with the networks inside it. */
public sealed interface ModelBlock permits DenseBlock, ConvolutionalBlock {

    /**
     * The model.
     *
     * @param name prefix of its parameters
     */
    <T extends TFloating> ContinuousModel<T> model(String name);

    /** Declares all parameters and returns the model. */
    <T extends TFloating> ContinuousModel<T> declare(Parameters parameters, String name, Class<T> type);
}
