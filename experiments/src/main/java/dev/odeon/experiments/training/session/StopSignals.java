package dev.odeon.experiments.training.session;

import dev.odeon.models.training.runs.Interruption;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C (SIGINT) and SIGTERM while a training is at work: the first asks it to end after the iterations in progress, a second
 * one ends the process at once.
 *
 * <p>The JDK tells signals by {@code sun.misc.Signal} alone, of which the compiler warns without a way to say yes; so it is
 * called by its name. Where it is missing, or the JVM keeps signals to itself, they end the process as ever.
 */
final class StopSignals implements Interruption, AutoCloseable {

    /** To which a process adds the number of the signal that ended it. */
    static final int EXIT_CODES = 128;

    private final IntConsumer atOnce;
    private final String before;
    private final AtomicInteger first = new AtomicInteger();
    /** The handlers to come back to, by signal. */
    private final Map<Object, Object> former = new LinkedHashMap<>();

    /**
     * @param atOnce ends the process with an exit code
     * @param before what is printed before a message
     */
    private StopSignals(IntConsumer atOnce, String before) {
        this.atOnce = atOnce;
        this.before = before;
    }

    /** Listens until it is closed; a progress bar may stand on the line of the terminal. */
    static StopSignals watch(boolean terminal) {
        return watch(code -> Runtime.getRuntime().halt(code), terminal ? System.lineSeparator() : "");
    }

    /** The same with another end. */
    static StopSignals watch(IntConsumer atOnce, String before) {
        StopSignals signals = new StopSignals(atOnce, before);
        signals.listen("INT");
        signals.listen("TERM");
        return signals;
    }

    private void listen(String name) {
        try {
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            Class<?> signals = Class.forName("sun.misc.Signal");
            Object signal = signals.getConstructor(String.class).newInstance(name);
            int number = (int) signals.getMethod("getNumber").invoke(signal);
            InvocationHandler handler = (proxy, method, arguments) -> answered(proxy, method.getName(), number);
            Object own = Proxy.newProxyInstance(handlers.getClassLoader(), new Class<?>[] {handlers}, handler);
            Object earlier = handle(signal, own);
            if (earlier.equals(handlers.getField("SIG_IGN").get(null))) {
                // Whoever started the process wants it to hear nothing, as nohup and shells do in the background.
                handle(signal, earlier);
            } else {
                former.put(signal, earlier);
            }
        } catch (ReflectiveOperationException e) {
            // No such class, or the JVM was told to leave signals alone.
        }
    }

    private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
        return signal.getClass()
                .getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"))
                .invoke(null, signal, handler);
    }

    /** What the handler answers to the calls of an interface and of Object. */
    private @Nullable Object answered(Object proxy, String method, int number) {
        return switch (method) {
            case "handle" -> {
                receive(number);
                yield null;
            }
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> false;
            default -> "StopSignals";
        };
    }

    private void receive(int number) {
        if (first.compareAndSet(0, number)) {
            System.err.println(before
                    + "odeon: ending after the iteration in progress; a second Ctrl-C ends at once, without saving it");
        } else {
            atOnce.accept(EXIT_CODES + number);
        }
    }

    @Override
    public boolean requested() {
        return first.get() != 0;
    }

    /** The exit code of a process that a signal has ended. */
    int exitCode() {
        return EXIT_CODES + first.get();
    }

    @Override
    public void close() {
        former.forEach((signal, handler) -> {
            try {
                handle(signal, handler);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the handler of " + signal + " was replaced and does not come back", e);
            }
        });
    }
}
