package dev.odeon.models.training.runs;

/**
 * Asks a run to end soon, such as a signal from the terminal.
 *
 * <p>The run ends after the iteration in progress, {@link Ending.Interrupted}, and can be resumed to the bit. It is asked after
 * every iteration, perhaps while another thread changes the answer; once true it has to stay so.
 */
@FunctionalInterface
public interface Interruption {

    /** Never. */
    Interruption NEVER = () -> false;

    /** Whether the run is to end. */
    boolean requested();
}
