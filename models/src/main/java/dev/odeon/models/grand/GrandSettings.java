package dev.odeon.models.grand;

import dev.odeon.graph.layers.Dropout;
import dev.odeon.graph.layers.SegmentNormalisation;
import dev.odeon.models.optimisers.Adam;
import dev.odeon.models.optimisers.Optimiser;
import dev.odeon.models.optimisers.RmsProp;
import java.util.Objects;

/**
 * A GRAND model and its training; start from the preset of a data set and change what should differ.
 *
 * <p>Source of the presets: the best parameters in the code of Chamberlain and others, GRAND: Graph Neural Diffusion, 2021.
 *
 * @param diffusion the field
 * @param time how long the diffusion lasts
 * @param hidden width of the diffusing state
 * @param inputDropout of the features
 * @param dropout of the state after the diffusion
 * @param encoding what follows the first dense layer
 * @param selfLoops whether edges from each node to itself are added
 * @param featureValues what becomes of the numbers in the features
 * @param optimiser its weight decay included
 * @param learningRate of the optimiser
 * @param epochs of a full training
 */
public record GrandSettings(
        GraphDiffusion diffusion,
        double time,
        int hidden,
        Dropout inputDropout,
        Dropout dropout,
        Encoding encoding,
        SelfLoops selfLoops,
        FeatureValues featureValues,
        Optimiser optimiser,
        double learningRate,
        int epochs) {

    public GrandSettings {
        Objects.requireNonNull(diffusion, "diffusion");
        Objects.requireNonNull(inputDropout, "inputDropout");
        Objects.requireNonNull(dropout, "dropout");
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(selfLoops, "selfLoops");
        Objects.requireNonNull(featureValues, "featureValues");
        Objects.requireNonNull(optimiser, "optimiser");
        requirePositive("time of the diffusion", time);
        requirePositive("learning rate", learningRate);
        requirePositive("hidden width", hidden);
        requirePositive("number of epochs", epochs);
    }

    private static void requirePositive(String what, double number) {
        if (!(number > 0) || Double.isInfinite(number)) {
            throw new IllegalArgumentException("The " + what + " is " + number + ": give a positive, finite number");
        }
    }

    /** Cora, largest component, 1500 development nodes. */
    public static GrandSettings cora() {
        return builder().build();
    }

    /** Coauthor CS, 5000 development nodes. */
    public static GrandSettings coauthorCs() {
        return builder()
                .attention(new ScaledDotAttention(8, 4, SegmentNormalisation.SQUAREPLUS, SumsToOne.REACHING_A_NODE))
                .source(Source.NONE)
                .time(3.126400580172773)
                .hidden(16)
                .inputDropout(0.5275042493231822)
                .dropout(0.6857774850321)
                .selfLoops(SelfLoops.AS_GIVEN)
                .featureValues(FeatureValues.BINARY)
                .optimiser(new RmsProp(0.004738413087298854))
                .learningRate(0.0009342860080741642)
                .epochs(250)
                .build();
    }

    /** Amazon Photo, largest component, 1500 development nodes; the published attention is another one. */
    public static GrandSettings photo() {
        return builder()
                .attention(new ScaledDotAttention(64, 4, SegmentNormalisation.SOFTMAX, SumsToOne.LEAVING_A_NODE))
                .source(Source.NONE)
                .time(3.5824027975386623)
                .hidden(64)
                .inputDropout(0.42903126506740247)
                .dropout(0.46502284638600183)
                .encoding(Encoding.BATCH_NORMALISED)
                .featureValues(FeatureValues.BINARY)
                .optimiser(new Adam(0.004707800883497945))
                .learningRate(0.005560726683883279)
                .build();
    }

    /** A builder that starts from the settings of Cora. */
    public static GrandSettingsBuilder builder() {
        return new GrandSettingsBuilder();
    }

    /** A builder that starts from these settings. */
    public GrandSettingsBuilder toBuilder() {
        return new GrandSettingsBuilder(this);
    }
}
