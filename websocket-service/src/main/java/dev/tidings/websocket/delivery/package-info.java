/**
 * The connections of this replica and what each is sent: the heart of the service (docs/architecture.md#the-one-idea).
 *
 * <ul>
 *   <li>{@code Position} and {@code Feed} decide, from numbers alone, what a connection is sent and when it reads the log.
 *   <li>{@link dev.tidings.websocket.delivery.Connection} adds the queue, the socket, the heartbeat and the end.
 *   <li>{@link dev.tidings.websocket.delivery.ConnectionHub} knows all connections by stream, opens them and hands out pushes.
 *   <li>{@code CatchUp} reads pages for those that are behind, {@code Sweep} finds who is behind and does not know it, and
 *       who holds numbers of a log that was replaced; {@code ConnectionDrain} sends everyone away when the replica stops.
 *   <li>{@link dev.tidings.websocket.delivery.ConnectionProgress} tells an operator how far each is, or was when it closed.
 * </ul>
 *
 * <p>Invariant: what a client is sent of a stream has the numbers after its cursor, each once, in order, whatever happens
 * to pushes; a number is left out only when a {@code gap} says so, or when the user's own stream carries the same event.
 *
 * <p>Threads: none per connection. Whoever brings news (ingest, a peer's call, a page, a finished write) carries it
 * through to the socket. Each connection has one lock; it is never held while anything is written, read from the log, or
 * told to another connection.
 *
 * <p>Uses {@code stream}; must not know the socket's protocol or tokens ({@code socket}), {@code cluster} or {@code log}.
 */
@NullMarked
package dev.tidings.websocket.delivery;

import org.jspecify.annotations.NullMarked;
