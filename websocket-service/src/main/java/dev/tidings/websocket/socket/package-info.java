/**
 * The WebSocket endpoint {@code /ws}: upgrades, logins, client messages and Jetty. {@code docs/protocol.md} describes the
 * protocol for clients.
 *
 * <p>A {@link dev.tidings.websocket.socket.ClientSession} represents one socket from its upgrade to its end. After the
 * login it opens a {@link dev.tidings.websocket.delivery.Connection}, which does all sending, and a
 * {@link dev.tidings.websocket.socket.UserSession} handles the messages of the user.
 *
 * <p>Threads: Jetty calls the methods of a session one at a time on virtual threads. They may block (to verify a token or
 * to open a connection) and delay their own client only. One ticker thread enforces the deadlines of all sessions. Tokens
 * are never logged.
 *
 * <p>Uses {@code delivery}, {@code stream}, {@code access} and the module {@code tokens}. Must not use {@code cluster}, {@code ingest} or
 * {@code log}.
 */
@NullMarked
package dev.tidings.websocket.socket;

import org.jspecify.annotations.NullMarked;
