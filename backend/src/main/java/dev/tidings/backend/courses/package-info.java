/**
 * What can be bought: courses, each in tiers of 10, 20 or 30 sessions with a price. Open to anyone, and written by whoever keeps
 * the tables {@code courses} and {@code course_tiers}.
 */
@NullMarked
package dev.tidings.backend.courses;

import org.jspecify.annotations.NullMarked;
