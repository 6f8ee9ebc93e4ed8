/** Tests of the methods as values. */
@NullMarked
package dev.odeon.solvers;

import org.jspecify.annotations.NullMarked;
