/**
 * The operator API: quarantined events, the delivery of an event or to a user (R-EV-5), and the open connections, which the
 * backend may close on behalf of an operator (R-OP-1). It requires a token of the role operator or admin. Stateless.
 *
 * <p>May use {@code ingest}, {@code log}, {@code cluster.peers}, {@code delivery}, {@code stream} and the modules
 * {@code sidecar} and {@code tokens}.
 */
@NullMarked
package dev.tidings.websocket.operator;

import org.jspecify.annotations.NullMarked;
