package dev.odeon.experiments.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All options of an experiment, in the order of settings.json: the preset, its own, and those that every experiment has.
 *
 * @param all each once
 */
public record ExperimentOptions(List<ExperimentOption> all) {

    /** What the command itself has. */
    private static final Set<String> TAKEN = Set.of("out", "resume", "seeds", "help", "version", "debug");

    private static final List<ExperimentOption> LAST = List.of(
            CommonOption.COMPILE.of("auto"),
            CommonOption.AT_ONCE.of(Settings.AUTO),
            CommonOption.GRADIENT.of("adjoint"),
            CommonOption.MEMORY.of(Settings.ALL),
            CommonOption.SEED.of("0"));

    /**
     * Those of an experiment, which may have its own of all but {@code --out}, {@code --resume} and {@code --seeds}.
     *
     * @throws IllegalArgumentException if one is there twice, or one is missing that a training needs
     */
    public static ExperimentOptions of(Experiment experiment) {
        List<ExperimentOption> own = experiment.options();
        List<String> names = own.stream().map(ExperimentOption::name).toList();
        Set<String> met = new LinkedHashSet<>(TAKEN);
        for (String name : names) {
            if (!met.add(name)) {
                throw new IllegalArgumentException("The experiment " + experiment.name() + " has an option --" + name
                        + " that is there already: name it otherwise");
            }
        }
        for (CommonOption needed : List.of(CommonOption.EPOCHS, CommonOption.DTYPE)) {
            if (!names.contains(needed.option())) {
                throw new IllegalArgumentException("The experiment " + experiment.name() + " has no option --"
                        + needed.option() + ", which every training needs: add CommonOption." + needed.name());
            }
        }
        List<ExperimentOption> all = new ArrayList<>();
        if (!names.contains(CommonOption.PRESET.option())) {
            all.add(CommonOption.PRESET.of("best"));
        }
        all.addAll(own);
        Stream.concat(LAST.stream(), RunRules.OPTIONS.stream())
                .filter(option -> !names.contains(option.name()))
                .forEach(all::add);
        return new ExperimentOptions(List.copyOf(all));
    }

    /**
     * A value for each of them.
     *
     * @param given what the user gave; some defaults follow from other options
     */
    public Map<String, String> defaults(Map<String, String> given) {
        Map<String, String> values = new LinkedHashMap<>();
        String preset = CommonOption.PRESET.option();
        all.forEach(option -> {
            if (option.name().equals(preset)) {
                values.put(preset, given.getOrDefault(preset, "best"));
            }
        });
        Preset chosen = Settings.fresh(Map.of(), values).preset();
        values.clear();
        all.forEach(option -> values.put(option.name(), option.standard().rule().apply(chosen, given)));
        return values;
    }
}
