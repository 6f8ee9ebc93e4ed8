package dev.odeon.experiments.classification;

import dev.odeon.graph.parameters.Parameters;
import dev.odeon.models.continuous.ContinuousModel;
import dev.odeon.models.continuous.networks.ConvolutionalBlock;
import dev.odeon.models.continuous.networks.DenseBlock;
import org.tensorflow.types.family.TFloating;

/** The block between the features and what is read of them. */
sealed interface Model {

    /** Prefix of the parameters. */
    String NAME = "model";

    /** Declares the parameters. */
    <T extends TFloating> void declare(Parameters parameters, Class<T> type);

    /** The model, which finds them by their names. */
    <T extends TFloating> ContinuousModel<T> model();

    /** Of vectors. */
    record Dense(DenseBlock block) implements Model {
        @Override
        public <T extends TFloating> void declare(Parameters parameters, Class<T> type) {
            block.declare(parameters, NAME, type);
        }

        @Override
        public <T extends TFloating> ContinuousModel<T> model() {
            return block.model(NAME);
        }
    }

    /** Of images. */
    record Convolutional(ConvolutionalBlock block) implements Model {
        @Override
        public <T extends TFloating> void declare(Parameters parameters, Class<T> type) {
            block.declare(parameters, NAME, type);
        }

        @Override
        public <T extends TFloating> ContinuousModel<T> model() {
            return block.model(NAME);
        }
    }
}
