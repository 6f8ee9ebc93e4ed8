@NullMarked
package dev.odeon.datasets.batches;

import org.jspecify.annotations.NullMarked;
