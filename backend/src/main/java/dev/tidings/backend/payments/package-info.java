/**
 * Payments of students (R-PF-1): {@code pending}, then {@code succeeded} or {@code cancelled}, which both are final.
 *
 * <p>A payment is made for a course, a tier, a time slot and a start date, in the student's time zone: the one that the request
 * names, else the course's. Without a start date, sessions begin tomorrow at the earliest. A course that the student has
 * already is refused here, and again at the confirmation.
 *
 * <p>A confirmation locks the student's payments for the course, looks for the course, and sets the payment to {@code succeeded} with
 * the event in the same transaction: of any number of confirmations of one payment, in any order and at once, one does it and all
 * are told that it succeeded; of the confirmations of several payments for one course, one succeeds and the others are refused
 * with 409. A payment that succeeded less than an hour ago counts as the course, since its purchase is made later, by a worker.
 * What slips through after that hour fails at the purchase and stands in the dead letters.
 *
 * <p>The payment provider confirms with a signature: {@code X-Payment-Signature} is the HMAC-SHA256 of the raw body in hex, keyed
 * with {@code TIDINGS_PAYMENT_WEBHOOK_SECRET}, and the body names the payment as {@code paymentId}, so that a signature is good for
 * one payment only. Outside profile {@code production} the student who owns the payment confirms too, with a token. No other role
 * does.
 *
 * <p>If the provider confirms a payment that buys nothing, the money is there all the same: the payment becomes {@code cancelled},
 * keeps {@code paid_at}, and stands in the list of payments without a purchase until an operator has paid it back. The first
 * confirmation is answered 409; a repetition 200 with status {@code cancelled}, so that a provider who repeats what was not
 * answered with 2xx stops.
 */
@NullMarked
package dev.tidings.backend.payments;

import org.jspecify.annotations.NullMarked;
