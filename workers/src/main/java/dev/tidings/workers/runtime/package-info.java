/**
 * The one place that turns deliveries into handler calls, and their outcomes into what the sidecar understands (R-PF-9, R-PF-11).
 *
 * <h2>Writing a worker</h2>
 *
 * A package with two kinds of classes, both marked {@link dev.tidings.workers.runtime.ForWorker @ForWorker}:
 *
 * <ul>
 *   <li>a controller with a method per topic, {@code @Topic} beside {@code @PostMapping("/events/<topic>")}, which hands its
 *       {@link dev.tidings.workers.runtime.Arrival} to {@link dev.tidings.workers.runtime.Intake#take};
 *   <li>an {@link dev.tidings.workers.runtime.EventHandler} for each kind of event: what the worker does.
 * </ul>
 *
 * <h2>What happens to a delivery</h2>
 *
 * <pre>
 * read ─▶ [call others] ─▶ transaction: inbox row + handler (its outbox rows) ─▶ SUCCESS
 *   │          │                        │
 *   │          └────────────┬───────────┘
 *   │   Permanent ──────────┼──▶ recorded, DROP: the sidecar moves it to the dead letters at once
 *   └─ (malformed, unknown) │
 *       Transient ──────────┼──▶ recorded, RETRY: three times more (resiliency.yaml), then the dead letters
 *       Unavailable ────────┘──▶ waits here until it is back, and does it again
 * </pre>
 *
 * An event that was processed before is answered SUCCESS without a call. A type of the topic that no handler takes is none of this
 * worker's business: SUCCESS, and no row. A handler that throws has failed transiently, since a bug may be gone with the next
 * deployment.
 *
 * <p>Unavailable is what everybody needs and nobody has: the database, or the backend for the worker that calls it. No event is to
 * blame and every other would fail too, so none is counted against it and no good event goes to the dead letters because of a
 * restart. After {@code tidings.outage-patience} it is a transient failure after all.
 *
 * <p>A failure is recorded in {@code event_failure}, in a transaction of its own, before the answer: so the reason is there when
 * the dead letter arrives. A replay is one more delivery, sent by the backend to the same path.
 *
 * <h2>Threads and lifecycle</h2>
 *
 * Each callback runs on a virtual thread; the sidecar delivers the events of a partition one after another. No transaction is open
 * across a remote call. The process waits for the backend's migrations before it opens its port; sidecar and database may come and
 * go. This package knows no worker.
 */
@NullMarked
package dev.tidings.workers.runtime;

import org.jspecify.annotations.NullMarked;
