-- For the courses most bought of late (home screen), without the table.
CREATE INDEX student_course_purchases_by_time ON student_course_purchases (created_at, course_id);
