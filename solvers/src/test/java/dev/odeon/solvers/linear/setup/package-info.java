/** Tests of the linear algebra in Java. */
@NullMarked
package dev.odeon.solvers.linear.setup;

import org.jspecify.annotations.NullMarked;
