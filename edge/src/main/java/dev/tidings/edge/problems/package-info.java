/**
 * Refusals, all in one form: problem details (RFC 9457), always with {@code errors} (field and message; empty where no field
 * is at fault). A service throws what {@link dev.tidings.edge.problems.Problems} makes; the advice and the filter here also turn the
 * exceptions of Spring and of the database into problems.
 *
 * <p>A problem names the caller's mistake (4xx) or what is away (503, with {@code Retry-After}); 500 means a bug, and only a bug
 * writes a stack trace to the log. The inside of the service is never in it. Stateless.
 */
@NullMarked
package dev.tidings.edge.problems;

import org.jspecify.annotations.NullMarked;
