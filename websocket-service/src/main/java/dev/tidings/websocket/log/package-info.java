/**
 * The event log in PostgreSQL.
 *
 * <p><b>Tables</b> (V1__event_log.sql): {@code stream} has one counter per stream. {@code business_event_log} has one row per
 * event and stream and is partitioned by the time of logging. {@code ingested_event} contains the known ids. It is not
 * partitioned and is kept longer than the log, so a repeated delivery is a duplicate even after its partition was dropped.
 *
 * <p><b>Appending</b> a batch is one statement, and so one round trip and one commit: 4 table accesses per event and stream
 * (lookup, counter, id, log) and 6 index entries. The row locks of the counters are taken in the order of their names, so
 * two writers cannot deadlock. Under that lock the numbers of a stream are consecutive in the order of commits, and its
 * timestamps never decrease. Two concurrent writers of the <em>same</em> event both find it unknown. The second then
 * violates the key of {@code ingested_event} after the first has committed, and retries its batch. With 60 000 rows in the
 * log, PostgreSQL takes 0.4 ms for a batch of one event and 0.25 ms for a page. The plans use indexes only, including
 * generic plans.
 *
 * <p><b>Retention</b> ({@link dev.tidings.websocket.log.LogRetention}) runs on every replica, one at a time by an advisory
 * lock. Partitions are created ahead of time and at start, before the service accepts events.
 *
 * <p><b>Lookups</b> for operators are in {@link dev.tidings.websocket.log.EventFinder}; delivery does not use them.
 *
 * <p>All classes are thread-safe and block on the database. Uses {@code stream} only.
 */
@NullMarked
package dev.tidings.websocket.log;

import org.jspecify.annotations.NullMarked;
