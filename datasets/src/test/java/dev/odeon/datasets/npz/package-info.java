@NullMarked
package dev.odeon.datasets.npz;

import org.jspecify.annotations.NullMarked;
