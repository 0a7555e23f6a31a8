/**
 * The courses on offer, each in tiers of 10, 20 or 30 sessions with a price. Anybody may read them. The tables {@code courses} and
 * {@code course_tiers} are maintained directly in the database.
 */
@NullMarked
package dev.tidings.backend.courses;

import org.jspecify.annotations.NullMarked;
