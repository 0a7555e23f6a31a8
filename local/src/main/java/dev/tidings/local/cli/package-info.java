/**
 * The command line behind {@code ./run}. {@code Main} parses it, {@code Launcher} starts a stack and waits, {@code Shutdown} stops one.
 *
 * <p>The terminal shows lines of {@code Console} and {@code Welcome}. Stack traces go to {@code logs/launcher.log} only.
 */
@NullMarked
package dev.tidings.local.cli;

import org.jspecify.annotations.NullMarked;
