/**
 * OpenTelemetry spans of single events, from the request that causes them to the client's acknowledgement.
 *
 * <p>{@link dev.tidings.sidecar.tracing.EventSpans} starts spans below the trace context of an event, and only if that context is
 * sampled. {@code tidings.tracing.endpoint} switches it on; without it there is no tracer, no exporter and no thread, and every call
 * returns a shared span that does nothing. The filter of {@code /api} decides whether a request is sampled; every later step follows
 * the flag in the context of the event.
 *
 * <p>Spans are exported in batches by a thread of OpenTelemetry's; a collector that is slow or down costs spans, never an event. Must not
 * import the other packages of this module.
 */
@NullMarked
package dev.tidings.sidecar.tracing;

import org.jspecify.annotations.NullMarked;
