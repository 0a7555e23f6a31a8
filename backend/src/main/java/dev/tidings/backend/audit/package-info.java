/**
 * The audit log for operators (R-TK-2): who did what and when, for every event of every topic. The audit-log-service writes it;
 * here it is read and verified, never written.
 *
 * <p>The log is a hash chain: the rules that number and chain entries, and that refuse changes, are in the database ({@code
 * V20261121_33__audit.sql}). {@code Chain} checks it link by link. What a chain cannot show is that its newest entries were cut off
 * and its head set back together; who must rule that out notes a head's number and hash from the verification somewhere else,
 * and compares them with the entry of that number later.
 */
@NullMarked
package dev.tidings.backend.audit;

import org.jspecify.annotations.NullMarked;
