/**
 * {@code GET /api/v1/events/recent}: the socket's messages for clients whose socket is down (R-EV-2).
 *
 * <p>It reads the same log by the same cursor as the socket, so switching between the two neither loses nor repeats. It
 * holds no state. A request costs one statement for the epoch, one for tails or times, and one per stream of the caller
 * (two). Pages of the origins that may open a socket may poll as well, and read {@code /stats}. Runs on the request's virtual
 * thread. Imports {@code stream} and {@code tokens}.
 */
@NullMarked
package dev.tidings.websocket.polling;

import org.jspecify.annotations.NullMarked;
