package dev.odeon.models.grand;

import dev.odeon.graph.layers.Dropout;
import dev.odeon.graph.layers.SegmentNormalisation;
import dev.odeon.models.optimisers.Adamax;
import dev.odeon.models.optimisers.Optimiser;

/** {@link GrandSettings} in the making; what is not given is as for Cora. */
public final class GrandSettingsBuilder {

    private ScaledDotAttention attention =
            new ScaledDotAttention(128, 8, SegmentNormalisation.SQUAREPLUS, SumsToOne.REACHING_A_NODE);
    private AttentionAt attentionAt = AttentionAt.CURRENT_STATE;
    private Source source = Source.INITIAL_STATE;
    private double time = 18.294754260552843;
    private int hidden = 80;
    private double inputDropout = 0.5;
    private double dropout = 0.046878964627763316;
    private Encoding encoding = Encoding.PLAIN;
    private SelfLoops selfLoops = SelfLoops.ADDED;
    private FeatureValues featureValues = FeatureValues.AS_GIVEN;
    private Optimiser optimiser = new Adamax(0.00507685443154266);
    private double learningRate = 0.022924849756740397;
    private int epochs = 100;

    GrandSettingsBuilder() {}

    GrandSettingsBuilder(GrandSettings settings) {
        attention = settings.diffusion().attention();
        attentionAt = settings.diffusion().attentionAt();
        source = settings.diffusion().source();
        time = settings.time();
        hidden = settings.hidden();
        inputDropout = settings.inputDropout().rate();
        dropout = settings.dropout().rate();
        encoding = settings.encoding();
        selfLoops = settings.selfLoops();
        featureValues = settings.featureValues();
        optimiser = settings.optimiser();
        learningRate = settings.learningRate();
        epochs = settings.epochs();
    }

    /** A. */
    public GrandSettingsBuilder attention(ScaledDotAttention value) {
        attention = value;
        return this;
    }

    /** The state that A is computed from. */
    public GrandSettingsBuilder attentionAt(AttentionAt value) {
        attentionAt = value;
        return this;
    }

    /** Whether beta u(0) is there. */
    public GrandSettingsBuilder source(Source value) {
        source = value;
        return this;
    }

    /** How long the diffusion lasts. */
    public GrandSettingsBuilder time(double value) {
        time = value;
        return this;
    }

    /** Width of the diffusing state. */
    public GrandSettingsBuilder hidden(int value) {
        hidden = value;
        return this;
    }

    /** Share of the features dropped in training. */
    public GrandSettingsBuilder inputDropout(double value) {
        inputDropout = value;
        return this;
    }

    /** Share of the state dropped after the diffusion in training. */
    public GrandSettingsBuilder dropout(double value) {
        dropout = value;
        return this;
    }

    /** What follows the first dense layer. */
    public GrandSettingsBuilder encoding(Encoding value) {
        encoding = value;
        return this;
    }

    /** Whether edges from each node to itself are added. */
    public GrandSettingsBuilder selfLoops(SelfLoops value) {
        selfLoops = value;
        return this;
    }

    /** What becomes of the numbers in the features. */
    public GrandSettingsBuilder featureValues(FeatureValues value) {
        featureValues = value;
        return this;
    }

    /** The optimiser with its weight decay. */
    public GrandSettingsBuilder optimiser(Optimiser value) {
        optimiser = value;
        return this;
    }

    /** Of the optimiser. */
    public GrandSettingsBuilder learningRate(double value) {
        learningRate = value;
        return this;
    }

    /** Of a full training. */
    public GrandSettingsBuilder epochs(int value) {
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
