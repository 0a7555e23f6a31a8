/**
 * The operator API: quarantined events, and the delivery of an event or to a user (R-EV-5). It requires a token of the role
 * operator or admin. Read only and stateless.
 *
 * <p>May use {@code ingest}, {@code log}, {@code cluster.peers}, {@code delivery}, {@code stream} and the modules
 * {@code sidecar} and {@code tokens}.
 */
@NullMarked
package dev.tidings.websocket.operator;

import org.jspecify.annotations.NullMarked;
