package dev.odeon.plots.notebook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The method by which the running kernel shows a value in the middle of a cell, found by its name: no kernel is needed to compile.
 *
 * <p>The names are those of rapaio-jupyter-kernel 3, JJava 1.0 and IJava 1.3.
 */
final class KernelDisplay {

    private static final List<String> OWNERS = List.of(
            "org.rapaio.jupyter.kernel.global.Global",
            "org.dflib.jjava.jupyter.kernel.BaseNotebookStatics",
            "io.github.spencerpark.ijava.runtime.Display");

    private static final String METHOD = "display";

    private KernelDisplay() {}

    /** Shows a value by the kernel that runs this program; false if there is none. */
    static boolean show(Object value) {
        return show(value, OWNERS);
    }

    /** The same with the first of these classes that there is. */
    static boolean show(Object value, List<String> owners) {
        for (String owner : owners) {
            Method method = method(owner);
            if (method != null) {
                try {
                    if (method.getParameterCount() == 1) {
                        method.invoke(null, value);
                    } else {
                        method.invoke(null, value, new String[0]);
                    }
                    return true;
                } catch (IllegalAccessException | InvocationTargetException e) {
                    throw new IllegalStateException(
                            "The notebook's kernel could not show a "
                                    + value.getClass().getName() + ": make it the last value of its cell",
                            e);
                }
            }
        }
        return false;
    }

    private static @Nullable Method method(String owner) {
        try {
            Class<?> found = Class.forName(owner, false, loader());
            try {
                return found.getMethod(METHOD, Object.class);
            } catch (NoSuchMethodException e) {
                return found.getMethod(METHOD, Object.class, String[].class);
            }
        } catch (ClassNotFoundException | NoSuchMethodException | LinkageError e) {
            return null;
        }
    }

    private static ClassLoader loader() {
        ClassLoader own = KernelDisplay.class.getClassLoader();
        return own == null ? ClassLoader.getSystemClassLoader() : own;
    }
}
