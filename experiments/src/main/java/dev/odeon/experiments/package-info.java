@NullMarked
package dev.odeon.experiments;

import org.jspecify.annotations.NullMarked;
