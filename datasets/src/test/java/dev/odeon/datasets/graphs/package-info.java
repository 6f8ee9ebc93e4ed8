@NullMarked
package dev.odeon.datasets.graphs;

import org.jspecify.annotations.NullMarked;
