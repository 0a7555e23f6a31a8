/**
 * The connections of this replica and what each is sent: the core of the service (docs/architecture.md#the-one-idea).
 *
 * <ul>
 *   <li>{@code Position} and {@code Feed} decide from numbers alone what a connection is sent and when it reads the log.
 *   <li>{@link dev.tidings.websocket.delivery.Connection} adds the socket, the heartbeat and the close;
 *       {@code MessageWriter} writes its queue.
 *   <li>{@link dev.tidings.websocket.delivery.ConnectionHub} indexes all connections by stream, opens them and
 *       distributes pushes.
 *   <li>{@code CatchUp} reads pages for connections that are behind. {@code Sweep} finds connections that missed pushes
 *       or whose log was replaced. {@code ConnectionDrain} closes all connections when the replica stops.
 *   <li>{@link dev.tidings.websocket.delivery.ConnectionProgress} reports to operators how far each connection is.
 * </ul>
 *
 * <p>{@code DeliverySpans} records the spans of sampled events while tracing is on.
 *
 * <p>Invariant: of each stream, a client is sent the events after its cursor, each once and in order, whatever happens to
 * pushes. A number is skipped only if a {@code gap} reports it, or if the stream of the user contains the same event.
 *
 * <p>Threads: no connection has a thread of its own. The thread that delivers an event (ingest, a call of a peer, a page,
 * a finished write) carries it to the socket. Each connection has one lock. It is never held during a write, a read of the
 * log or a call to another connection.
 *
 * <p>Uses {@code stream}. Must not use {@code socket} (the protocol and tokens), {@code cluster} or {@code log}.
 */
@NullMarked
package dev.tidings.websocket.delivery;

import org.jspecify.annotations.NullMarked;
