@NullMarked
package dev.odeon.experiments.data;

import org.jspecify.annotations.NullMarked;
