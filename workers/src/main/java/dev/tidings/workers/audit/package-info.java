/**
 * audit-log-service: writes down every event of every topic, once, for ever (R-TK-2).
 *
 * <p>It does not use the runtime's intake, because it decides nothing: there is no event it could refuse, and so no dead letters, no
 * failures and no inbox; the log itself knows what it has, and {@code processed_events} stays a record of business. What is no
 * CloudEvent is written down as what it is. While the database is away the sidecar keeps what comes and repeats it, in order.
 *
 * <p>{@code AuditTopics} subscribes, in batches, since one commit for many entries is what keeps up with the bus; {@code
 * AuditEvent} reads, and is pure; {@code AuditTable} appends. Numbers, hash chain and the refusal of changes are rules of the
 * database (backend, {@code V20261121_33__audit.sql}): appending takes one lock that all writers share until their commit.
 */
@NullMarked
package dev.tidings.workers.audit;

import org.jspecify.annotations.NullMarked;
