/**
 * The WebSocket endpoint {@code /ws}: who may connect, what clients may say, and Jetty beneath. {@code docs/protocol.md}
 * is its description for clients.
 *
 * <p>A {@link dev.tidings.websocket.socket.ClientSession} stands for one socket from its upgrade to its end. Before a good
 * token it is nobody; with one it opens a {@link dev.tidings.websocket.delivery.Connection}, which does all sending.
 *
 * <p>Threads: Jetty calls a session's handler methods one at a time, on virtual threads, so they may block (verifying a
 * token, opening a connection) and thereby slow their own client only. One ticker thread looks after all sessions'
 * deadlines. Tokens stand in memory while they are verified and are never logged.
 *
 * <p>Uses {@code delivery}, {@code stream} and {@code tokens}; must not know {@code cluster}, {@code ingest} or {@code log}.
 */
@NullMarked
package dev.tidings.websocket.socket;

import org.jspecify.annotations.NullMarked;
