package dev.odeon.models.training.runs;

/**
 * Asks a run to end soon, such as a signal from the terminal.
 *
 * <p>The run ends after the iteration in progress, {@link Ending.Interrupted}, and can be resumed to the bit; where several
 * iterations are run at once, after these, which takes about a second. It is asked after every run of the graph, perhaps while another thread changes the answer; once true it has to stay so.
 */
@FunctionalInterface
public interface Interruption {

    /** Never. */
    Interruption NEVER = () -> false;

    /** Whether the run is to end. */
    boolean requested();
}
