/** Tests of what steppers and loops pass to each other. */
@NullMarked
package dev.odeon.solvers.stepper;

import org.jspecify.annotations.NullMarked;
