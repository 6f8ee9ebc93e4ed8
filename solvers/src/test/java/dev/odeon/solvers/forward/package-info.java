/** Tests of what stands around a stepper in a loop. */
@NullMarked
package dev.odeon.solvers.forward;

import org.jspecify.annotations.NullMarked;
