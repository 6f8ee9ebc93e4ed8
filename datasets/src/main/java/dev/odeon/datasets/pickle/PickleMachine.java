package dev.odeon.datasets.pickle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stack machine of pickle, for the instructions that build data.
 *
 * <p>Every object is made of bytes of the file, nothing is ever called, and copies are charged to a {@link Budget}, so that
 * time and memory stay in proportion to the file. What a name would construct is decided by {@link Construction}.
 */
final class PickleMachine {
    private static final int NEWEST_PROTOCOL = 5;

    /** Says what in a pickle is not accepted. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message, null, false, false);
        }
    }

    /** What None and the marks are on the stack. */
    enum Special {
        NONE,
        MARK
    }

    private final PickleInput in;
    private final Budget budget;
    private List<Object> stack = new ArrayList<>();
    private final Deque<List<Object>> below = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    PickleMachine(byte[] bytes) {
        budget = new Budget(bytes.length);
        in = new PickleInput(bytes, budget);
    }

    Object run() {
        while (true) {
            int instruction = in.unsignedByte();
            if (instruction == '.') {
                if (in.hasRemaining()) {
                    throw new Refusal("bytes after the end of the pickle");
                }
                Object result = pop();
                if (result instanceof Construction unfinished) {
                    result = unfinished.finished();
                }
                return result;
            }
            step(instruction);
        }
    }

    private void step(int instruction) {
        budget.charge(Budget.PER_INSTRUCTION);
        switch (instruction) {
            case 0x80 -> protocol();
            case 0x95 -> in.longInteger(); // FRAME: a hint for readers of streams
            case '(' -> mark();
            case '0' -> pop();
            case '1' -> popMark();
            case '2' -> push(top());
            case 'N' -> push(Special.NONE);
            case 0x88 -> push(1L);
            case 0x89 -> push(0L);
            case 'K' -> push((long) in.unsignedByte());
            case 'M' -> push((long) in.unsignedShort());
            case 'J' -> push((long) in.integer());
            case 0x8a -> push(in.number(in.unsignedByte()));
            case 'I', 'L' -> push(in.textNumber());
            case 'F' -> push(Double.parseDouble(in.line()));
            case 'G' -> push(in.bigEndianDouble());
            case 'U' -> push(in.text(in.unsignedByte(), StandardCharsets.ISO_8859_1));
            case 'T' -> push(in.text(in.integer(), StandardCharsets.ISO_8859_1));
            case 'C' -> push(in.text(in.unsignedByte(), StandardCharsets.ISO_8859_1));
            case 'B' -> push(in.text(in.integer(), StandardCharsets.ISO_8859_1));
            case 0x8e -> push(in.text(in.longInteger(), StandardCharsets.ISO_8859_1));
            case 'X' -> push(in.text(in.integer(), StandardCharsets.UTF_8));
            case 0x8c -> push(in.text(in.unsignedByte(), StandardCharsets.UTF_8));
            case 'q' -> memo.put(in.unsignedByte(), top());
            case 'r' -> memo.put(in.integer(), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'p' -> memo.put(Integer.parseInt(in.line()), top());
            case 'h' -> push(remembered(in.unsignedByte()));
            case 'j' -> push(remembered(in.integer()));
            case 'g' -> push(remembered(Integer.parseInt(in.line())));
            case ']' -> push(new ArrayList<>());
            case '}' -> push(new HashMap<>());
            case ')' -> push(List.of());
            case 'l' -> push(popMark());
            case 't' -> push(Collections.unmodifiableList(popMark()));
            case 0x85 -> tuple(1);
            case 0x86 -> tuple(2);
            case 0x87 -> tuple(3);
            case 'a' -> append(List.of(pop()));
            case 'e' -> append(popMark());
            case 's' -> setItem();
            case 'u' -> setItems();
            case 'c' -> push(name(in.line(), in.line()));
            case 0x93 -> stackName();
            case 'R', 0x81 -> construct();
            case 'b' -> build();
            default ->
                throw new Refusal(
                        "the instruction " + Integer.toHexString(instruction) + ", which does not build data");
        }
    }

    private void protocol() {
        int protocol = in.unsignedByte();
        if (protocol > NEWEST_PROTOCOL) {
            throw new Refusal("protocol " + protocol);
        }
    }

    private void mark() {
        below.push(stack);
        stack = new ArrayList<>();
    }

    private List<Object> popMark() {
        if (below.isEmpty()) {
            throw new Refusal("an end without a beginning");
        }
        List<Object> items = stack;
        stack = below.pop();
        return items;
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object pop() {
        if (stack.isEmpty()) {
            throw new Refusal("too few values");
        }
        return stack.remove(stack.size() - 1);
    }

    private Object top() {
        if (stack.isEmpty()) {
            throw new Refusal("too few values");
        }
        return stack.get(stack.size() - 1);
    }

    private Object remembered(int key) {
        Object value = memo.get(key);
        if (value == null) {
            throw new Refusal("nothing remembered as " + key);
        }
        return value;
    }

    private void tuple(int size) {
        Object[] items = new Object[size];
        for (int i = size - 1; i >= 0; i--) {
            items[i] = pop();
        }
        push(List.of(items));
    }

    private void append(List<?> items) {
        if (!(top() instanceof ArrayList<?> list)) {
            throw new Refusal("something appended to what is no list");
        }
        @SuppressWarnings("unchecked") // Only lists made here, of any object, are of this class.
        List<Object> target = (List<Object>) list;
        target.addAll(items);
    }

    private void setItem() {
        Object value = pop();
        Object key = pop();
        put(key, value);
    }

    private void setItems() {
        List<Object> items = popMark();
        if (items.size() % 2 != 0) {
            throw new Refusal("a key without a value");
        }
        for (int i = 0; i < items.size(); i += 2) {
            put(items.get(i), items.get(i + 1));
        }
    }

    private void put(Object key, Object value) {
        if (!(top() instanceof HashMap<?, ?> map) || !(key instanceof Long || key instanceof String)) {
            throw new Refusal("an entry of a dictionary that is none, or under a key that is no number or text");
        }
        @SuppressWarnings("unchecked") // Only dictionaries made here, of any object, are of this class.
        Map<Object, Object> target = (Map<Object, Object>) map;
        target.put(key, value);
    }

    private static KnownName name(String module, String name) {
        KnownName known = KnownName.of(module, name);
        if (known == null) {
            throw new Refusal("the name " + module + "." + name);
        }
        return known;
    }

    private void stackName() {
        Object name = pop();
        Object module = pop();
        push(name(
                String.valueOf(module instanceof String ? module : ""),
                String.valueOf(name instanceof String ? name : "")));
    }

    private void construct() {
        Object arguments = pop();
        Object name = pop();
        if (!(name instanceof KnownName known) || !(arguments instanceof List<?> list)) {
            throw new Refusal("a call of what is no name");
        }
        push(Construction.begin(known, list, budget));
    }

    private void build() {
        Object state = pop();
        if (!(top() instanceof Construction unfinished)) {
            throw new Refusal("a state for what has none");
        }
        unfinished.fill(state, budget);
    }
}
