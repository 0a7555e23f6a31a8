/**
 * audit-log-service: stores every event of every topic once and permanently (R-TK-2).
 *
 * <p>It does not use the dispatcher of the runtime, because it accepts every event: there are no dead letters, no failures and no inbox.
 * The log itself detects duplicates, and {@code processed_events} contains only business processing. A record that is not a CloudEvent
 * is stored as it is. While the database is down, the sidecar keeps the events and redelivers them in order.
 *
 * <p>{@code AuditConfiguration} receives batches, because one commit per batch is fast enough for the broker; {@code AuditEvent} turns an event into an entry
 * and is pure; {@code AuditTable} appends. The database numbers and chains the entries and rejects changes (backend, {@code
 * V20261121_33__audit.sql}); an append holds one lock, shared by all writers, until its commit.
 */
@NullMarked
package dev.tidings.workers.audit;

import org.jspecify.annotations.NullMarked;
