/**
 * Payments of students (R-PF-1): {@code pending}, then {@code succeeded} or {@code cancelled}, which both are final.
 *
 * <p>A payment is made for a course, a tier, a time slot and a start date, in the student's time zone: the one that the request
 * names, else the course's. Without a start date, sessions begin tomorrow at the earliest. A course that the student has
 * already is refused here; what slips through (two payments pending at once) fails at the purchase and stands in the dead
 * letters, and among the payments that operators list as paid without a purchase.
 *
 * <p>Confirming is one statement that finds the payment pending, and the event of the same transaction: of any number of
 * confirmations, in any order and at once, one does it and all are told that it succeeded. The student confirms with a token,
 * the payment provider with a signature: {@code X-Payment-Signature} is the HMAC-SHA256 of the raw body in hex, keyed with
 * {@code TIDINGS_PAYMENT_WEBHOOK_SECRET}, and the body names the payment as {@code paymentId}, so that a signature is good for
 * one payment only.
 */
@NullMarked
package dev.tidings.backend.payments;

import org.jspecify.annotations.NullMarked;
