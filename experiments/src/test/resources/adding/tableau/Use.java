import dev.odeon.solvers.Methods;

/** The new method is found by its name. */
public final class Use {
    public static void main(String[] arguments) {
        System.out.println(Methods.named("kutta3").order());
    }
}
