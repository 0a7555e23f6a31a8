/**
 * The audit log for operators (R-TK-2): who did what and when, for every event of every topic. The audit-log-service writes it; this
 * package only reads and verifies it.
 *
 * <p>The log is a hash chain. The database numbers and chains the entries and rejects changes ({@code V20261121_33__audit.sql}); {@code
 * Chain} verifies it link by link. A chain cannot reveal that its newest entries were removed and its head was reset at the same time.
 * To detect this, store the number and hash of a head elsewhere and compare them later with the entry of that number.
 */
@NullMarked
package dev.tidings.backend.audit;

import org.jspecify.annotations.NullMarked;
