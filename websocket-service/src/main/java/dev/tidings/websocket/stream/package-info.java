/**
 * The data types of delivery: streams, numbered events, cursors and the event log (docs/architecture.md#the-one-idea).
 *
 * <p>A stream is {@code user:<id>} or {@code role:<role>}. Its events are numbered 1, 2, 3 … without a gap, in the order of
 * their commits. A cursor is the epoch of the log and, per stream, the last number that a client has received. {@link
 * dev.tidings.websocket.stream.StreamStart} is the rule by which a client resumes.
 *
 * <p>The other packages build on these types: {@code ingest} appends, {@code cluster} fans out, {@code delivery} sends and
 * catches up, {@code polling} reads.
 *
 * <p>Values are immutable; {@link dev.tidings.websocket.stream.EventLog} is thread-safe. This package uses no other package
 * of the service and no framework.
 */
@NullMarked
package dev.tidings.websocket.stream;

import org.jspecify.annotations.NullMarked;
