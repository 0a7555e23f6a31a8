/**
 * purchase-worker (R-PF-2): a confirmed payment becomes a purchase, and the student may use the course.
 *
 * <p>The payments table is the truth; the event only says which payment to look at. The purchase row is the lock: of two events
 * for one payment, or two payments for one course, the second finds what the first committed. A payment for a course that the
 * student has already stays succeeded and becomes a dead letter, for an operator to refund.
 */
@NullMarked
package dev.tidings.workers.purchase;

import org.jspecify.annotations.NullMarked;
