/**
 * allocation-worker (R-PF-3): asks the backend to find a trainer for a purchase.
 *
 * <p>The choice, the sessions and their events are the backend's, in one transaction of its own; this worker only makes sure that
 * it happens. The call goes through Dapr, outside of any transaction, and may be repeated: the backend answers the same for the
 * same purchase. What counts is not the answer but the allocation's row, which the worker looks for before it marks the event as
 * processed.
 *
 * <table>
 *   <caption>What the answer leads to</caption>
 *   <tr><td>allocated, now or before</td><td>processed</td></tr>
 *   <tr><td>no trainer is free</td><td>processed: the purchase waits in the database, and the backend allocates it when one is</td></tr>
 *   <tr><td>the backend or the way to it is away</td><td>the event waits here</td></tr>
 *   <tr><td>the backend fails</td><td>transient</td></tr>
 *   <tr><td>no such purchase, or refused and no row</td><td>a dead letter</td></tr>
 * </table>
 */
@NullMarked
package dev.tidings.workers.allocation;

import org.jspecify.annotations.NullMarked;
