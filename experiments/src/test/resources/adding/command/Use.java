import dev.odeon.experiments.Odeon;

/** Calls the command that was added. */
public final class Use {

    private Use() {}

    public static void main(String[] arguments) {
        Odeon.main(new String[] {"half-life", "--time", "2"});
    }
}
