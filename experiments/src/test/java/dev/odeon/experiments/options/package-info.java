@NullMarked
package dev.odeon.experiments.options;

import org.jspecify.annotations.NullMarked;
