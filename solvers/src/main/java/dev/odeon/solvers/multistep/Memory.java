package dev.odeon.solvers.multistep;

import dev.odeon.graph.Values;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** Values of the last steps, carried under a name and their age; ageing only renames them. */
public final class Memory {

    private Memory() {}

    /** The newest value followed by those remembered. */
    public static <T extends TFloating> List<Operand<T>> recalled(
            Values memory, String name, Operand<T> newest, int count) {
        List<Operand<T>> values = new ArrayList<>();
        values.add(newest);
        for (int age = 1; age < count; age++) {
            values.add(memory.get(name + age, newest.type()));
        }
        return values;
    }

    /** What the next step remembers: all but the oldest, each one step older. */
    public static <T extends TFloating> Values kept(String name, List<Operand<T>> values) {
        Values memory = Values.empty();
        for (int age = 1; age < values.size(); age++) {
            memory = memory.with(name + age, values.get(age - 1));
        }
        return memory;
    }
}
