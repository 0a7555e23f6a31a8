/**
 * Load generators and measurements against a running system, each a subcommand of {@link
 * dev.tidings.benchmarks.Benchmarks}; {@code benchmarks/README.md} has the commands and the figures they gave.
 *
 * <p>Everything here is a client of the public API: it starts nothing, and talks to loopback only unless told otherwise.
 * Figures are printed as a table with the conditions they were measured under; none decides a test.
 */
@NullMarked
package dev.tidings.benchmarks;

import org.jspecify.annotations.NullMarked;
