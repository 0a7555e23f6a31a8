/**
 * The home and learning screens of a student (R-PF-6): all data of a page in one answer.
 *
 * <p>{@code ScreenController} serves HTTP, {@code AggregationService} reads the cache before the database, {@code ScreenBuilder}
 * builds screens, {@code StudentTables} contains the SQL: two statements per screen, however many purchases a student has. {@code
 * Trending} ranks courses for all students once a minute in each replica.
 *
 * <p>{@link dev.tidings.studentcache} defines the rule that keeps outdated entries from being served. Here it requires that the cache is
 * read before the first query. The queries of a screen may see different commits; each of these commits invalidates the student
 * afterwards, so such a screen is not served again. Without a cache, every request is answered from the database.
 *
 * <p>Changes that the cache-worker does not receive, such as a completed session, call {@link dev.tidings.backend.home.StudentScreens}.
 *
 * <p>Reads the tables of courses, purchases, allocations and sessions, and writes none. Stateless except for {@code Trending}.
 */
@NullMarked
package dev.tidings.backend.home;

import org.jspecify.annotations.NullMarked;
