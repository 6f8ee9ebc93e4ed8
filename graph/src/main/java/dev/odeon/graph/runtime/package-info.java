/**
 * The native side: which devices TensorFlow sees, how its libraries are loaded, and sessions.
 *
 * <p>Start with {@link dev.odeon.graph.runtime.Devices}; {@link dev.odeon.graph.runtime.Sessions} opens a session with
 * Odeon's settings. Neighbours: used by every room that runs something.
 */
@NullMarked
package dev.odeon.graph.runtime;

import org.jspecify.annotations.NullMarked;
