package dev.odeon.experiments;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code odeon half-life}: how fast something decays. */
@Command(name = "half-life", mixinStandardHelpOptions = true, description = "Tell the rate of a decay.")
final class HalfLife implements Callable<Integer> {

    @Option(names = "--time", required = true, description = "In which half of it decays.")
    private double time;

    @Override
    public Integer call() {
        if (!(time > 0)) {
            throw new IllegalArgumentException("--time is " + time + ": give a positive number");
        }
        System.out.printf(Locale.ROOT, "%.4f%n", Math.log(2) / time);
        return 0;
    }
}
