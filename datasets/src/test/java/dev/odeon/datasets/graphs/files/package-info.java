@NullMarked
package dev.odeon.datasets.graphs.files;

import org.jspecify.annotations.NullMarked;
