/**
 * The HTTP edge of every port: validation of requests, limits, and rejections.
 *
 * <p>A request passes, from outside to inside:
 *
 * <ol>
 *   <li>{@code ConnectionGuard}: limits connections, those of anonymous callers separately, and the time of a header.
 *   <li>{@code Gate}: recognizes the caller by {@link dev.tidings.edge.CallerRecognizer} and rejects methods, URIs and kinds of bodies that
 *       no service accepts.
 *   <li>{@code BodyReader}: reads the whole body asynchronously, limited in size, rate and total memory, so that a slow body uses neither
 *       a thread nor a concurrency limit.
 *   <li>{@code ConcurrencyLimits}: limits concurrent and queued requests per request class: probes, the sidecar and peers, users, upgrades of
 *       users to a WebSocket, and anonymous callers (Jetty's {@code QoSHandler}).
 *   <li>The service.
 * </ol>
 *
 * <p>Every rejection by Jetty, Spring or a service has problem details (package {@code problems}) and at most one log line ({@code
 * RefusalLog}).
 *
 * <p>{@link dev.tidings.edge.Edge} installs all of it in a Jetty server; Spring Boot installs it in the port of a service by
 * auto-configuration. All classes are safe for any thread. Must not import any service.
 */
@NullMarked
package dev.tidings.edge;

import org.jspecify.annotations.NullMarked;
