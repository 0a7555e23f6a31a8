/**
 * The lists of the WebSocket service for operators (R-OP-1): open connections, one of which may be closed, and rejected events. The
 * backend asks the WebSocket service through Dapr, with the operator's token, so that pages need one address only; it passes the
 * answers on as they are, and records each close in {@code operatorlog}. Stateless; no transaction is open during a call. Uses {@code
 * identity}, {@code requests} and {@code operatorlog}.
 */
@NullMarked
package dev.tidings.backend.connections;

import org.jspecify.annotations.NullMarked;
