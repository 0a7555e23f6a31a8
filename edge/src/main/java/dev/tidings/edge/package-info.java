/**
 * The HTTP edge of every port: what a request must look like, how much of anything it may use, and how it is refused.
 *
 * <p>A request passes, from outside to inside:
 *
 * <ol>
 *   <li>{@code ConnectionGuard}: connections are bounded, strangers' separately; a header has a deadline.
 *   <li>{@code Gate}: recognizes the caller by {@link dev.tidings.edge.CallerRecognizer} and refuses methods, URIs and kinds of bodies that no
 *       service takes.
 *   <li>{@code BodyReader}: reads the whole body asynchronously, bounded in size, rate and total memory, so that a slow body
 *       holds neither a thread nor a place.
 *   <li>{@code ConcurrencyLimits}: bounds concurrent requests and their queue, in separate lanes for probes, the sidecar, users and strangers
 *       (Jetty's {@code QoSHandler}).
 *   <li>The service.
 * </ol>
 *
 * <p>Every refusal, of Jetty, of Spring or of a service, is a problem document (package {@code problems}) and at most one line of
 * the log ({@code RefusalLog}).
 *
 * <p>{@link dev.tidings.edge.Edge} applies all of it to a Jetty server; Spring Boot applies it to the service's own port by
 * auto-configuration. All classes are safe for any thread. This module must not import any service.
 */
@NullMarked
package dev.tidings.edge;

import org.jspecify.annotations.NullMarked;
