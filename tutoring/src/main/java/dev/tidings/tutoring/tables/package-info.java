/**
 * The SQL that backend and workers both execute on the tables that they share. A statement of only one of them stays in that program.
 * The backend migrates the tables.
 *
 * <p>Everything is immutable and safe for any thread. No method starts a transaction; the caller does.
 */
@NullMarked
package dev.tidings.tutoring.tables;

import org.jspecify.annotations.NullMarked;
