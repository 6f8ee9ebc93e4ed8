/** Problems with known solutions and what many tests do with a solve; for the tests of all rooms that need the front door. */
package dev.odeon.ode.testing;
