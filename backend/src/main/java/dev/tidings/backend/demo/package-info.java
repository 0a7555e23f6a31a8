/**
 * Demo data and a demo sign-in.
 *
 * <p>The switch {@code tidings.demo-data} inserts courses, trainers and products ({@code data.sql} beside this package) at start. It
 * only adds missing rows, so changes survive a restart. The switch {@code tidings.demo-sign-in} enables a sign-in without a password,
 * which answers only at loopback names and at the names of {@code tidings.demo-hosts}. {@code ./run} sets both switches; the production
 * profile rejects them.
 */
@NullMarked
package dev.tidings.backend.demo;

import org.jspecify.annotations.NullMarked;
