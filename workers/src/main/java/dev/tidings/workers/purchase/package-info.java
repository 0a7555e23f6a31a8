/**
 * purchase-worker (R-PF-2): creates the purchase of a confirmed payment.
 *
 * <p>The payments table is the source of truth; the event only names the payment. The row of the purchase is the lock: of two events for
 * one payment, or two payments for one course, the second finds the committed purchase of the first. A payment for a course that the
 * student already has stays succeeded and becomes a dead letter, which an operator settles with a refund.
 */
@NullMarked
package dev.tidings.workers.purchase;

import org.jspecify.annotations.NullMarked;
