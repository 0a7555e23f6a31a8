/**
 * The vocabulary of delivery: streams, numbered events, cursors and the event log they live in (docs/architecture.md#the-one-idea).
 *
 * <p>A stream is {@code user:<id>} or {@code role:<role>}; its events are numbered 1, 2, 3 … without a gap, in the order
 * of their commits. A cursor is the log's epoch and, per stream, the last number a client has seen. Everything else in
 * this service is built on these: {@code ingest} appends, {@code cluster} spreads the news, {@code delivery} sends and
 * catches up, {@code polling} reads.
 *
 * <p>Values are immutable; {@link dev.tidings.websocket.stream.EventLog} is safe for any thread. This package imports
 * none of the service's other packages and no framework.
 */
@NullMarked
package dev.tidings.websocket.stream;

import org.jspecify.annotations.NullMarked;
