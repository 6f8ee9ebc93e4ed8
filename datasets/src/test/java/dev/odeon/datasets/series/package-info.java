@NullMarked
package dev.odeon.datasets.series;

import org.jspecify.annotations.NullMarked;
