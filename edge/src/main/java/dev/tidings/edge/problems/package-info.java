/**
 * Rejections in one form: problem details (RFC 9457) that always have {@code errors} (field and message; empty if no field is wrong). A
 * service throws the exceptions of {@link dev.tidings.edge.problems.Problems}; the advice and the filter map exceptions of Spring and of
 * the database.
 *
 * <p>A problem names the mistake of the caller (4xx) or the unavailable dependency (503, with {@code Retry-After}); 500 means a bug, and
 * only a bug logs a stack trace. Problem details contain no internals of the service. Stateless.
 */
@NullMarked
package dev.tidings.edge.problems;

import org.jspecify.annotations.NullMarked;
