/**
 * Payments of students (R-PF-1): {@code pending}, then {@code succeeded} or {@code cancelled}, which are final.
 *
 * <p>A payment has a course, a tier, a time slot and a start date, in the time zone of the request or else of the course. Without a
 * start date, sessions begin tomorrow at the earliest. A course that the student already has is rejected at creation and again at
 * confirmation.
 *
 * <p>A confirmation locks the payments of the student for the course, checks that the student does not have the course, sets the payment
 * to {@code succeeded} and appends the event, in one transaction. Of any number of concurrent confirmations of one payment, one does
 * so and all are answered as succeeded. Of confirmations of several payments for one course, one succeeds and the others are rejected
 * with 409. A payment that succeeded less than an hour ago counts as ownership of the course, because a worker creates its purchase later.
 * A conflict after that hour fails at the purchase and becomes a dead letter.
 *
 * <p>The payment provider confirms with a signature: {@code X-Payment-Signature} is the HMAC-SHA256 of the raw body in hex, with the key
 * {@code TIDINGS_PAYMENT_WEBHOOK_SECRET}. The body names the payment as {@code paymentId}, so a signature is valid for one payment only.
 * Outside of profile {@code production} the student who owns the payment may confirm with a token. No other role may.
 *
 * <p>If the provider confirms a payment that buys nothing, the payment becomes {@code cancelled}, keeps {@code paid_at} and stays in the
 * list of payments without a purchase until an operator has refunded it. The first confirmation is answered with 409, a repeated one with
 * 200 and status {@code cancelled}, so that a provider that retries until it receives 2xx stops.
 */
@NullMarked
package dev.tidings.backend.payments;

import org.jspecify.annotations.NullMarked;
