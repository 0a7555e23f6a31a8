package dev.tidings.backend.home;

/** @param purchases in the last days, see {@link Trending} */
record TrendingCourse(String courseId, String title, String description, long purchases) {}
