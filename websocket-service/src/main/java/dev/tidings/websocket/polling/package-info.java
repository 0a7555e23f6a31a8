/**
 * {@code GET /api/v1/events/recent}: the messages of the socket for clients whose socket is down (R-EV-2).
 *
 * <p>Polling reads the same log with the same cursor as the socket, so a client can switch between them without losing or
 * repeating an event. It is stateless. A request costs one statement for the epoch, one for tails or times, and one for each
 * of the two streams of the caller. Origins that may open a socket may also poll and read {@code /stats}. Runs on the
 * virtual thread of the request. Uses {@code stream} and the module {@code tokens}.
 */
@NullMarked
package dev.tidings.websocket.polling;

import org.jspecify.annotations.NullMarked;
