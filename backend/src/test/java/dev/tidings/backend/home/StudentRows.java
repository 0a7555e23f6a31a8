package dev.tidings.backend.home;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes what the tutoring flow would have written for a student, without the flow. */
final class StudentRows {
    private final JdbcClient jdbc;

    StudentRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A course that is on sale, with a title of its own. */
    String course(String title) {
        String id = "course-" + UUID.randomUUID();
        jdbc.sql("INSERT INTO courses (id, title, description, skill) VALUES (:id, :title, 'About it', 'any')")
                .param("id", id)
                .param("title", title)
                .update();
        return id;
    }

    String trainer(String name) {
        String id = "trainer-" + UUID.randomUUID();
        jdbc.sql("INSERT INTO trainers (id, name) VALUES (:id, :name)")
                .param("id", id)
                .param("name", name)
                .update();
        return id;
    }

    UUID purchase(String studentId, String courseId, int tier) {
        UUID payment = UuidCreator.getTimeOrderedEpoch();
        UUID purchase = UuidCreator.getTimeOrderedEpoch();
        jdbc.sql("""
                        INSERT INTO payments (id, student_id, course_id, purchase_tier, amount, time_slot, start_date,
                                              time_zone, status, created_at, confirmed_at)
                        VALUES (:id, :student, :course, :tier, 100, '16:00', current_date, 'UTC', 'succeeded',
                                now(), now())
                        """)
                .param("id", payment)
                .param("student", studentId)
                .param("course", courseId)
                .param("tier", tier)
                .update();
        jdbc.sql("""
                        INSERT INTO student_course_purchases (id, student_id, course_id, purchase_tier, payment_id)
                        VALUES (:id, :student, :course, :tier, :payment)
                        """)
                .param("id", purchase)
                .param("student", studentId)
                .param("course", courseId)
                .param("tier", tier)
                .param("payment", payment)
                .update();
        return purchase;
    }

    UUID allocation(UUID purchase, String trainerId) {
        UUID allocation = UuidCreator.getTimeOrderedEpoch();
        jdbc.sql("""
                        INSERT INTO trainer_allocations (id, purchase_id, student_id, course_id, trainer_id, status,
                                                         approved_at)
                        SELECT :id, id, student_id, course_id, :trainer, 'approved', now()
                        FROM student_course_purchases WHERE id = :purchase
                        """)
                .param("id", allocation)
                .param("purchase", purchase)
                .param("trainer", trainerId)
                .update();
        return allocation;
    }

    void waiting(UUID purchase) {
        jdbc.sql("""
                        INSERT INTO trainer_allocations (id, purchase_id, student_id, course_id, status, reason)
                        SELECT :id, id, student_id, course_id, 'waiting', 'no_trainer_free'
                        FROM student_course_purchases WHERE id = :purchase
                        """)
                .param("id", UuidCreator.getTimeOrderedEpoch())
                .param("purchase", purchase)
                .update();
    }

    void session(UUID allocation, LocalDate date, String status) {
        jdbc.sql("""
                        INSERT INTO tutoring_sessions (id, allocation_id, student_id, trainer_id, course_id,
                            scheduled_date, scheduled_time, time_zone, starts_at, ends_at, status, completed_at)
                        SELECT :session, id, student_id, trainer_id, course_id, :date, TIME '16:00', 'UTC',
                               :startsAt, :startsAt + INTERVAL '1 hour', :status,
                               CASE :status WHEN 'completed' THEN now() END
                        FROM trainer_allocations WHERE id = :allocation
                        """)
                .param("session", UuidCreator.getTimeOrderedEpoch())
                .param("allocation", allocation)
                .param("date", date)
                .param("startsAt", date.atTime(LocalTime.of(16, 0)).atOffset(ZoneOffset.UTC))
                .param("status", status)
                .update();
    }
}
