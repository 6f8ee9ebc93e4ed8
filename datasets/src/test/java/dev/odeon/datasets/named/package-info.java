/** Tests of reading by name; {@code WeatherStation} is the example in CONTRIBUTING of a data set that is added. */
@NullMarked
package dev.odeon.datasets.named;

import org.jspecify.annotations.NullMarked;
