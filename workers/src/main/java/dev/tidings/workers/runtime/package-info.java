/**
 * Passes received events to the handlers of a worker, and turns their results into answers to the sidecar (R-PF-9, R-PF-11).
 *
 * <h2>Writing a worker</h2>
 *
 * A package with an {@link dev.tidings.workers.runtime.EventHandler} for each kind of event, marked {@link
 * dev.tidings.workers.runtime.ForWorker @ForWorker}, and the worker's events in {@link dev.tidings.topology.App}.
 *
 * <h2>What happens to a batch</h2>
 *
 * <pre>
 * read ─▶ [call others] ─▶ transaction: inbox rows + handler (its outbox rows) ─▶ SUCCESS
 *   │          │                        │
 *   │          └────────────┬───────────┘
 *   │   Permanent ──────────┼──▶ recorded, DROP: it becomes a dead letter at once (ADR 0022)
 *   └─ (malformed, unknown) │
 *       Transient ──────────┼──▶ recorded, RETRY: three retries (resiliency.yaml), then DROP
 *       Unavailable ────────┘──▶ waits here until the dependency is up, and is attempted again
 * </pre>
 *
 * Each event has a result of its own. A batch that fails is halved until the event at fault stands alone. While an event is to come again,
 * later ones of its key are answered RETRY without being processed, so none overtakes it; events of other keys go on.
 *
 * <p>An event that was processed before is answered SUCCESS and handled no further. A type of the topic without a handler is answered
 * SUCCESS, leaves no row and is not parsed. A handler that throws has failed transiently, since the next deployment may fix the bug.
 *
 * <p>Unavailable means a shared dependency: the database, or the backend for the worker that calls it. Every event would fail, so no
 * attempt is counted and a restart sends no good event to the dead letters. After {@code tidings.outage-timeout} the result is a
 * transient failure.
 *
 * <p>A failure is recorded in {@code event_failure}, in a transaction of its own, before the answer, so the reason is stored before
 * the dead letter arrives. A replay is one more delivery, sent by the backend to the same path; its result goes back to the backend and publishes nothing.
 *
 * <h2>Threads and lifecycle</h2>
 *
 * Each callback runs on a virtual thread; a sidecar delivers one batch after another. No transaction is open
 * across a remote call. The process waits for the backend's migrations before it opens its port; sidecar and database may restart
 * at any time. This package knows no worker.
 */
@NullMarked
package dev.tidings.workers.runtime;

import org.jspecify.annotations.NullMarked;
