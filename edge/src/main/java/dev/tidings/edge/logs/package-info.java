/**
 * The logging configuration of all services (setting {@code logging.config}): lines of text ({@code logback.xml}), and in profile
 * production JSON with the fields of the Elastic Common Schema ({@code logback-json.xml}). Both escape invisible characters in
 * messages: user ids and texts of foreign events are logged, and may hold characters that reorder, hide or break a line on an
 * operator's screen.
 *
 * <p>A JSON line has the ids of its event, flow, user and trace where there are any: from {@link dev.tidings.edge.logs.LogFields}
 * behind the arguments of the message, or from the context of the thread ({@link dev.tidings.edge.logs.LogContext}). Imports Logback and
 * Spring Boot's structured logging only.
 */
@NullMarked
package dev.tidings.edge.logs;

import org.jspecify.annotations.NullMarked;
