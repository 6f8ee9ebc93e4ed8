package dev.odeon.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * An immutable, ordered collection of named tensors of one graph: the parameters, data and state that functions exchange.
 *
 * <p>A graph function cannot see the tensors of the graph around it. Values carry them across by name: outside they hold
 * the outer tensors, inside a function the same names hold the function's own inputs. Floating-point values take part in
 * differentiation unless they were added by {@link #withConstant}.
 */
public final class Values {

    private static final Values EMPTY = new Values(Map.of());

    private record Entry(Operand<?> operand, boolean differentiable) {}

    private final Map<String, Entry> entries;

    private Values(Map<String, Entry> entries) {
        this.entries = entries;
    }

    /** No values at all. */
    public static Values empty() {
        return EMPTY;
    }

    /** One value. */
    public static Values of(String name, Operand<?> operand) {
        return EMPTY.with(name, operand);
    }

    /**
     * These values with one added, or replaced where the name is taken.
     *
     * @param operand differentiable if its type is floating point
     */
    public Values with(String name, Operand<?> operand) {
        return put(name, new Entry(operand, TFloating.class.isAssignableFrom(operand.type())));
    }

    /** These values with one added that is data: no gradient is computed for it, whatever its type. */
    public Values withConstant(String name, Operand<?> operand) {
        return put(name, new Entry(operand, false));
    }

    /**
     * These values with another tensor under a name, differentiable if the one before was.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public Values replaced(String name, Operand<?> operand) {
        get(name);
        Entry before = entries.get(name);
        return put(name, new Entry(operand, before != null && before.differentiable()));
    }

    /**
     * These values followed by others.
     *
     * @throws IllegalArgumentException if a name occurs in both
     */
    public Values and(Values others) {
        Map<String, Entry> merged = new LinkedHashMap<>(entries);
        others.entries.forEach((name, entry) -> {
            if (merged.put(name, entry) != null) {
                throw new IllegalArgumentException(
                        "Two values are called '" + name + "': rename one, or put it under a prefix");
            }
        });
        return new Values(merged);
    }

    /** These values without that of a name, if there is one. */
    public Values without(String name) {
        Map<String, Entry> rest = new LinkedHashMap<>(entries);
        rest.remove(name);
        return new Values(rest);
    }

    /** The same values, each name preceded by a prefix. */
    public Values prefixed(String prefix) {
        Map<String, Entry> renamed = new LinkedHashMap<>();
        entries.forEach((name, entry) -> renamed.put(prefix + name, entry));
        return new Values(renamed);
    }

    /** The values whose names start with a prefix, under their names without it. */
    public Values under(String prefix) {
        Map<String, Entry> selected = new LinkedHashMap<>();
        entries.forEach((name, entry) -> {
            if (name.startsWith(prefix)) {
                selected.put(name.substring(prefix.length()), entry);
            }
        });
        return new Values(selected);
    }

    /** The values that take part in differentiation, in order. */
    public Values differentiable() {
        Map<String, Entry> selected = new LinkedHashMap<>();
        entries.forEach((name, entry) -> {
            if (entry.differentiable()) {
                selected.put(name, entry);
            }
        });
        return new Values(selected);
    }

    /**
     * The value of a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names there are
     */
    public Operand<?> get(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("No value is called '" + name + "'; there are " + entries.keySet());
        }
        return entry.operand();
    }

    /**
     * The value of a name, checked to be of an element type.
     *
     * @throws IllegalArgumentException if there is none, or it has another type
     */
    @SuppressWarnings("unchecked") // checked by comparing the element types
    public <T extends TType> Operand<T> get(String name, Class<T> type) {
        Operand<?> operand = get(name);
        if (!operand.type().equals(type)) {
            throw new IllegalArgumentException("The value '" + name + "' is "
                    + operand.type().getSimpleName() + ", but " + type.getSimpleName()
                    + " is needed: build all parameters and data of a solve with one element type");
        }
        return (Operand<T>) operand;
    }

    /**
     * The value of a name, checked to be floating point of whichever type.
     *
     * @throws IllegalArgumentException if there is none, or it is something else
     */
    @SuppressWarnings("unchecked") // checked by the element type
    public Operand<? extends TFloating> floating(String name) {
        Operand<?> operand = get(name);
        if (!TFloating.class.isAssignableFrom(operand.type())) {
            throw new IllegalArgumentException("The value '" + name + "' is "
                    + operand.type().getSimpleName() + ": give one that is floating point");
        }
        return (Operand<? extends TFloating>) operand;
    }

    /** Whether a name is present. */
    public boolean contains(String name) {
        return entries.containsKey(name);
    }

    /** The names, in order. */
    public Set<String> names() {
        return java.util.Collections.unmodifiableSet(entries.keySet());
    }

    /** The tensors, in order. */
    public List<Operand<?>> operands() {
        List<Operand<?>> operands = new ArrayList<>(entries.size());
        entries.values().forEach(entry -> operands.add(entry.operand()));
        return operands;
    }

    /** How many values there are. */
    public int size() {
        return entries.size();
    }

    /** Whether there is no value. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Name, type and shape of every value, in order. */
    public List<TensorSpec> specs() {
        List<TensorSpec> specs = new ArrayList<>(entries.size());
        entries.forEach((name, entry) -> specs.add(
                new TensorSpec(name, entry.operand().type(), entry.operand().shape(), entry.differentiable())));
        return specs;
    }

    /**
     * Tensors under the names of specifications: how values appear on the other side of a function's border.
     *
     * @throws IllegalArgumentException if the counts differ
     */
    public static Values bind(List<TensorSpec> specs, List<? extends Operand<?>> operands) {
        if (specs.size() != operands.size()) {
            throw new IllegalArgumentException(
                    operands.size() + " tensors for " + specs.size() + " names: pass one tensor for each name");
        }
        Map<String, Entry> bound = new LinkedHashMap<>();
        for (int i = 0; i < specs.size(); i++) {
            bound.put(
                    specs.get(i).name(), new Entry(operands.get(i), specs.get(i).differentiable()));
        }
        return new Values(bound);
    }

    private Values put(String name, Entry entry) {
        Map<String, Entry> extended = new LinkedHashMap<>(entries);
        extended.put(name, entry);
        return new Values(extended);
    }

    @Override
    public String toString() {
        return "Values" + entries.keySet();
    }
}
