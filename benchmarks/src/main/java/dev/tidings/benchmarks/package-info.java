/**
 * Load generators and measurements, each a {@link dev.tidings.benchmarks.Scenario} of {@link dev.tidings.benchmarks.Benchmarks}; {@code
 * benchmarks/README.md} has the commands and the figures they gave.
 *
 * <p>{@link dev.tidings.benchmarks.Lab} starts a stack of its own on loopback and warms it up; the scenarios are clients of its public API. A
 * {@link dev.tidings.benchmarks.Peer} is another system that does the same job on the same infrastructure. Figures are written as a table with
 * the conditions they were measured under; none decides a test.
 */
@NullMarked
package dev.tidings.benchmarks;

import org.jspecify.annotations.NullMarked;
