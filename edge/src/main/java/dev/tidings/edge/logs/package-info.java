/**
 * The logging configuration of all services ({@code logback.xml}, setting {@code logging.config}). It escapes invisible characters in
 * messages: user ids and texts of foreign events are logged, and may hold characters that reorder, hide or break a line on an
 * operator's screen. Imports Logback only.
 */
@NullMarked
package dev.tidings.edge.logs;

import org.jspecify.annotations.NullMarked;
