package dev.odeon.experiments.classification;

import dev.odeon.experiments.training.DefaultValue;
import dev.odeon.experiments.training.ExperimentOption;
import dev.odeon.experiments.training.Settings;
import dev.odeon.models.continuous.ModelKind;
import dev.odeon.models.continuous.networks.BlockSizes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The model that {@code --model} names, and how large it is.
 *
 * @param kind of the model
 * @param channels of h
 * @param hidden width of the layers inside the field
 */
record ModelChoice(ModelKind kind, int channels, int hidden) {

    private static final String OPTION = "model";
    private static final String HIDDEN = "hidden";
    private static final ModelKind FIRST = ModelKind.HBNODE;

    /**
     * The sizes of its block.
     *
     * @param features channels of what comes in
     */
    BlockSizes sizes(int features) {
        return new BlockSizes(features, channels, hidden);
    }

    /**
     * The sizes that make models about equally large.
     *
     * @param ofKinds two numbers of each kind, channels and hidden
     */
    record Sizes(Map<ModelKind, int[]> ofKinds) {

        /** Of points in the plane. Source: Xia, table 3.2. */
        static final Sizes POINTS = of(2, 20, 3, 20, 2, 13, 2, 14, 2, 14);
        /** Of grey pictures of digits. Source: Xia, table 3.3. */
        static final Sizes DIGITS = of(1, 92, 6, 64, 5, 50, 5, 50, 6, 45);
        /** Of small photographs in colour. Source: Xia, table 3.3. */
        static final Sizes PHOTOGRAPHS = of(3, 125, 13, 64, 12, 50, 12, 51, 12, 51);

        private static Sizes of(int... numbers) {
            Map<ModelKind, int[]> sizes = new LinkedHashMap<>();
            ModelKind[] kinds = {ModelKind.NODE, ModelKind.ANODE, ModelKind.SONODE, ModelKind.HBNODE, ModelKind.GHBNODE
            };
            for (int i = 0; i < kinds.length; i++) {
                sizes.put(kinds[i], new int[] {numbers[2 * i], numbers[2 * i + 1]});
            }
            return new Sizes(sizes);
        }

        private Map<String, ModelKind> words() {
            return ModelKind.byWord(ofKinds.keySet());
        }

        private int[] sizes(ModelKind kind) {
            int[] sizes = ofKinds.get(kind);
            if (sizes == null) {
                throw new IllegalArgumentException(
                        "There are no sizes of a " + kind.word() + ": take one of " + words().keySet());
            }
            return sizes;
        }

        /** The option for the model. */
        ExperimentOption model() {
            return ExperimentOption.of(
                            OPTION, "One of " + String.join(", ", words().keySet()), DefaultValue.of(FIRST.word()))
                    .withWords(words().keySet());
        }

        /** The option for the width. */
        ExperimentOption hidden() {
            return ExperimentOption.of(
                    HIDDEN,
                    "Width of the layers inside the field",
                    DefaultValue.following(
                            "the thesis', " + sizes(FIRST)[1] + " of an " + FIRST.word(),
                            // A word that names no model is refused where the settings are read.
                            given -> String.valueOf(
                                    sizes(words().getOrDefault(given.getOrDefault(OPTION, FIRST.word()), FIRST))[1])));
        }

        /** A model of the sizes given here. */
        ModelChoice of(ModelKind kind) {
            return new ModelChoice(kind, sizes(kind)[0], sizes(kind)[1]);
        }

        /** What the settings name. */
        ModelChoice chosen(Settings settings) {
            ModelKind kind = settings.choice(OPTION, words());
            return new ModelChoice(kind, sizes(kind)[0], settings.count(HIDDEN));
        }
    }
}
