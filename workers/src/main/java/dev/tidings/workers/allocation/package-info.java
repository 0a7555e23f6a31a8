/**
 * allocation-worker (R-PF-3): requests a trainer for each purchase from the backend.
 *
 * <p>The backend chooses the trainer, creates the sessions and emits the events in one transaction of its own; this worker ensures that it
 * does. The call goes through Dapr, outside of any transaction, and is idempotent by purchase. The worker relies on the row of the
 * allocation, not on the answer, before it marks the event as processed.
 *
 * <table>
 *   <caption>Results</caption>
 *   <tr><td>allocated, now or before</td><td>processed</td></tr>
 *   <tr><td>no trainer is free</td><td>processed; the purchase waits in the database until the backend allocates it</td></tr>
 *   <tr><td>the backend or a sidecar is down</td><td>the delivery waits for the end of the outage</td></tr>
 *   <tr><td>the backend fails</td><td>transient failure</td></tr>
 *   <tr><td>no such purchase, or rejected without a row</td><td>dead letter</td></tr>
 * </table>
 */
@NullMarked
package dev.tidings.workers.allocation;

import org.jspecify.annotations.NullMarked;
