@NullMarked
package dev.odeon.models;

import org.jspecify.annotations.NullMarked;
