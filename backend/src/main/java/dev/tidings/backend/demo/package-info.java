/**
 * Courses, trainers and products for a first look: {@code data.sql} beside this package, written at start under the switch {@code
 * tidings.demo-data}, which {@code ./run} sets and the production profile refuses. It only adds what is missing, so a running
 * system keeps its changes over restarts.
 *
 * <p>And a sign-in without a password, under the switch {@code tidings.demo-sign-in}, which {@code ./run} sets and the production
 * profile refuses likewise. It answers at the machine's own names and at those of {@code tidings.demo-hosts} only.
 */
@NullMarked
package dev.tidings.backend.demo;

import org.jspecify.annotations.NullMarked;
