package dev.odeon.models.grand;

import dev.odeon.graph.layers.Dropout;
import dev.odeon.graph.layers.SegmentNormalisation;
import dev.odeon.models.optimisers.Adam;
import dev.odeon.models.optimisers.Adamax;
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
        return new Builder()
                .attention(new ScaledDotAttention(128, 8, SegmentNormalisation.SQUAREPLUS, SumsToOne.REACHING_A_NODE))
                .time(18.294754260552843)
                .hidden(80)
                .inputDropout(0.5)
                .dropout(0.046878964627763316)
                .optimiser(new Adamax(0.00507685443154266))
                .learningRate(0.022924849756740397)
                .build();
    }

    /** Coauthor CS, 5000 development nodes. */
    public static GrandSettings coauthorCs() {
        return new Builder()
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
        return new Builder()
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

    /** A builder that starts from these settings. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Settings in the making; what is not given is as for Cora. */
    public static final class Builder {
        private ScaledDotAttention attention =
                new ScaledDotAttention(128, 8, SegmentNormalisation.SQUAREPLUS, SumsToOne.REACHING_A_NODE);
        private AttentionAt attentionAt = AttentionAt.CURRENT_STATE;
        private Source source = Source.INITIAL_STATE;
        private double time = 18.294754260552843;
        private int hidden = 80;
        private double inputDropout = 0.5;
        private double dropout;
        private Encoding encoding = Encoding.PLAIN;
        private SelfLoops selfLoops = SelfLoops.ADDED;
        private FeatureValues featureValues = FeatureValues.AS_GIVEN;
        private Optimiser optimiser = new Adamax(0.005);
        private double learningRate = 0.02;
        private int epochs = 100;

        /** Nothing given yet. */
        public Builder() {}

        private Builder(GrandSettings settings) {
            attention = settings.diffusion.attention();
            attentionAt = settings.diffusion.attentionAt();
            source = settings.diffusion.source();
            time = settings.time;
            hidden = settings.hidden;
            inputDropout = settings.inputDropout.rate();
            dropout = settings.dropout.rate();
            encoding = settings.encoding;
            selfLoops = settings.selfLoops;
            featureValues = settings.featureValues;
            optimiser = settings.optimiser;
            learningRate = settings.learningRate;
            epochs = settings.epochs;
        }

        /** A. */
        public Builder attention(ScaledDotAttention value) {
            attention = value;
            return this;
        }

        /** The state that A is computed from. */
        public Builder attentionAt(AttentionAt value) {
            attentionAt = value;
            return this;
        }

        /** Whether beta u(0) is there. */
        public Builder source(Source value) {
            source = value;
            return this;
        }

        /** How long the diffusion lasts. */
        public Builder time(double value) {
            time = value;
            return this;
        }

        /** Width of the diffusing state. */
        public Builder hidden(int value) {
            hidden = value;
            return this;
        }

        /** Share of the features dropped in training. */
        public Builder inputDropout(double value) {
            inputDropout = value;
            return this;
        }

        /** Share of the state dropped after the diffusion in training. */
        public Builder dropout(double value) {
            dropout = value;
            return this;
        }

        /** What follows the first dense layer. */
        public Builder encoding(Encoding value) {
            encoding = value;
            return this;
        }

        /** Whether edges from each node to itself are added. */
        public Builder selfLoops(SelfLoops value) {
            selfLoops = value;
            return this;
        }

        /** What becomes of the numbers in the features. */
        public Builder featureValues(FeatureValues value) {
            featureValues = value;
            return this;
        }

        /** The optimiser with its weight decay. */
        public Builder optimiser(Optimiser value) {
            optimiser = value;
            return this;
        }

        /** Of the optimiser. */
        public Builder learningRate(double value) {
            learningRate = value;
            return this;
        }

        /** Of a full training. */
        public Builder epochs(int value) {
            epochs = value;
            return this;
        }

        /**
         * The settings.
         *
         * @throws IllegalArgumentException if a number is out of its range
         */
        public GrandSettings build() {
            return new GrandSettings(
                    new GraphDiffusion(attention, attentionAt, source),
                    time,
                    hidden,
                    new Dropout(inputDropout),
                    new Dropout(dropout),
                    encoding,
                    selfLoops,
                    featureValues,
                    optimiser,
                    learningRate,
                    epochs);
        }
    }
}
