@NullMarked
package dev.odeon.datasets.csv;

import org.jspecify.annotations.NullMarked;
