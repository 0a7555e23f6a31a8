/**
 * Keeps a log line one line, whatever stands in it: user ids and texts of foreign events are logged as they are, and may hold
 * characters that reorder, hide or break a line on an operator's screen. {@code logback.xml} beside this class is the configuration of
 * all services ({@code logging.config}). Imports Logback only.
 */
@NullMarked
package dev.tidings.messaging.logs;

import org.jspecify.annotations.NullMarked;
