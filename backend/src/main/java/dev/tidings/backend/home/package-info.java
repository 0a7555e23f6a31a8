/**
 * A student's home and learning screens (R-PF-6): what a page needs, in one answer.
 *
 * <p>{@code ScreenController} speaks HTTP, {@code AggregationService} puts the cache before the queries, {@code ScreenBuilder}
 * makes the screens, {@code StudentTables} holds the SQL: two statements per screen, whatever a student has bought. What is trending is the same for all students and counted once a minute in each replica ({@code Trending}).
 *
 * <p>The rule that keeps the cache from serving what is old stands in {@link dev.tidings.studentcache}; here it means: ask the
 * cache first, query after. Queries may see different moments; whatever committed between them invalidates afterwards, so
 * such a screen is never served again. Without a cache every request is answered from the database.
 *
 * <p>What cache-worker does not hear of, such as a completed session, is told to {@link
 * dev.tidings.backend.home.StudentScreens} by whoever changes it.
 *
 * <p>Reads the tables of courses, purchases, allocations and sessions, and writes none. Stateless but for {@code Trending}.
 */
@NullMarked
package dev.tidings.backend.home;

import org.jspecify.annotations.NullMarked;
