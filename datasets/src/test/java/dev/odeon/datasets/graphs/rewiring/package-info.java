@NullMarked
package dev.odeon.datasets.graphs.rewiring;

import org.jspecify.annotations.NullMarked;
