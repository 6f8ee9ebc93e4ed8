package dev.odeon.solvers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.graph.Values;
import dev.odeon.solvers.forward.Segments;
import dev.odeon.solvers.linear.setup.LuFactors;
import dev.odeon.solvers.linear.setup.SymmetricEigen;
import dev.odeon.solvers.steps.FixedSteps;
import dev.odeon.solvers.steps.Jumps;
import dev.odeon.solvers.steps.SaveAt;
import dev.odeon.solvers.steps.TimeGrid;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody can change a method, a grid or any other value by what it hands out, or by what it was made from. */
class ImmutableValuesTest {

    private static List<Object> roots() {
        SaveAt saveAt = SaveAt.times(0, 1, 2.5);
        TimeGrid grid = new FixedSteps(0.4).grid(saveAt);
        double[][] matrix = {{2, 1}, {1, 3}};
        List<Object> roots = new ArrayList<>(Methods.all());
        roots.addAll(List.of(
                Methods.theta(0.6),
                saveAt,
                SaveAt.end(0, 1),
                grid,
                Jumps.at(0.5, 1),
                grid.kinds(1, 1),
                new Segments(2, new int[] {0, 0, 1}, Values.empty(), Values.empty()),
                SymmetricEigen.of(matrix),
                LuFactors.of(matrix)));
        return roots;
    }

    /** The roots, and all values of this library that they hand out, each once. */
    static List<Object> values() throws ReflectiveOperationException {
        Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Object> open = new ArrayList<>(roots());
        while (!open.isEmpty()) {
            Object value = open.remove(open.size() - 1);
            if (value.getClass().getName().startsWith("dev.odeon")
                    && !value.getClass().isEnum()
                    && found.add(value)) {
                if (value instanceof Record) {
                    for (RecordComponent component : value.getClass().getRecordComponents()) {
                        open.addAll(parts(component.getAccessor().invoke(value)));
                    }
                }
            }
        }
        return new ArrayList<>(found);
    }

    private static Collection<?> parts(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.stream().toList();
        }
        return value instanceof Collection<?> several ? several : List.of(value);
    }

    /** The public methods without arguments that give arrays, alone or in a collection. */
    private static List<Method> accessors(Class<?> of) {
        return Arrays.stream(of.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && method.getParameterCount() == 0)
                .filter(method -> method.getGenericReturnType().getTypeName().contains("[]"))
                .toList();
    }

    private static Object copy(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(ImmutableValuesTest::copy);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ImmutableValuesTest::copy).toList();
        }
        if (!value.getClass().isArray()) {
            return value;
        }
        int length = Array.getLength(value);
        Object copy = Array.newInstance(value.getClass().getComponentType(), length);
        for (int i = 0; i < length; i++) {
            Array.set(copy, i, copy(Array.get(value, i)));
        }
        return copy;
    }

    private static void spoil(Object value) {
        for (Object part : parts(value)) {
            for (int i = 0; part.getClass().isArray() && i < Array.getLength(part); i++) {
                if (part.getClass().getComponentType().isArray()) {
                    spoil(Array.get(part, i));
                } else {
                    Array.set(part, i, (byte) 77);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void whatAValueHandsOutIsACopy(Object value) throws ReflectiveOperationException {
        for (Method accessor : accessors(value.getClass())) {
            Object before = copy(accessor.invoke(value));
            spoil(accessor.invoke(value));
            assertThat(accessor.invoke(value))
                    .as(accessor.toString())
                    .usingRecursiveComparison()
                    .isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void whatAValueIsMadeFromIsCopied(Object value) throws ReflectiveOperationException {
        if (!(value instanceof Record) || accessors(value.getClass()).isEmpty()) {
            return;
        }
        RecordComponent[] components = value.getClass().getRecordComponents();
        List<Object> given = new ArrayList<>();
        for (RecordComponent component : components) {
            given.add(component.getAccessor().invoke(value));
        }
        Constructor<?> constructor = value.getClass()
                .getConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        Object made = constructor.newInstance(given.toArray());
        given.forEach(ImmutableValuesTest::spoil);
        for (RecordComponent component : components) {
            assertThat(component.getAccessor().invoke(made))
                    .as(component.toString())
                    .usingRecursiveComparison()
                    .isEqualTo(component.getAccessor().invoke(value));
        }
    }

    /** A class that hands out arrays and is not tried here would go unseen. */
    @Test
    void everyPublicClassWithArraysIsTried() throws IOException, URISyntaxException, ReflectiveOperationException {
        Set<Class<?>> tried = new HashSet<>();
        values().forEach(value -> tried.add(value.getClass()));
        List<Class<?>> untried = new ArrayList<>();
        Path classes = Path.of(Methods.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        int seen = 0;
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String path = classes.relativize(file).toString();
                String name = path.substring(0, path.length() - ".class".length())
                        .replace(file.getFileSystem().getSeparator(), ".");
                if (name.endsWith("-info")) {
                    continue;
                }
                Class<?> type = Class.forName(name, false, Methods.class.getClassLoader());
                // The arrays of an exception are those that Java gives it.
                boolean concrete = Modifier.isPublic(type.getModifiers())
                        && !Modifier.isAbstract(type.getModifiers())
                        && !Throwable.class.isAssignableFrom(type);
                if (concrete && !accessors(type).isEmpty()) {
                    seen++;
                    if (!tried.contains(type)) {
                        untried.add(type);
                    }
                }
            }
        }
        assertThat(untried).isEmpty();
        assertThat(seen).isGreaterThan(8);
    }
}
