/**
 * Wires what {@code dev.tidings.messaging} offers into this service: the outbox for the features, the relay's lifecycle, the
 * sidecar, their health, and the trace context that travels with an event.
 *
 * <p>The relay starts before the web server and stops after it ({@link dev.tidings.messaging.outbox.RelayLifecycle}), so that a
 * last request's event still leaves. The sidecar may come and go at any time.
 */
@NullMarked
package dev.tidings.backend.publishing;

import org.jspecify.annotations.NullMarked;
