/**
 * Refusals, all in one form: problem details (RFC 9457), always with {@code errors} (field and message; empty where no field
 * is at fault). Whoever refuses a request throws what {@link dev.tidings.backend.problems.Problems} makes; the advice here
 * also turns the framework's and the database's exceptions into problems, and so do the servlet container's error pages.
 *
 * <p>A problem says what is wrong in words for the caller; what is inside the service stays in the log. Stateless.
 */
@NullMarked
package dev.tidings.backend.problems;

import org.jspecify.annotations.NullMarked;
