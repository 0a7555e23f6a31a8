package dev.tidings.backend.home;

/** @param purchases number of purchases in the window of {@link Trending} */
record TrendingCourse(String courseId, String title, String description, long purchases) {}
