/**
 * The native side: which devices TensorFlow sees, how its libraries are loaded, sessions, and the memory that runs take.
 *
 * <p>Start with {@link dev.odeon.graph.runtime.Devices}; {@link dev.odeon.graph.runtime.Sessions} opens a session with
 * the settings of {@link dev.odeon.graph.runtime.Gpus}; {@link dev.odeon.graph.runtime.LibDevice} says whether XLA can compile for
 * a GPU; {@link dev.odeon.graph.runtime.PeakMemory} tells what one run holds at most, {@link
 * dev.odeon.graph.runtime.LoopMemory} the same of long loops. Neighbours: used by every room that runs something.
 */
@NullMarked
package dev.odeon.graph.runtime;

import org.jspecify.annotations.NullMarked;
