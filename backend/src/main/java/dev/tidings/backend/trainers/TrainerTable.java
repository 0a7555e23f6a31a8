package dev.tidings.backend.trainers;

import dev.tidings.tutoring.Availability;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** The SQL of trainers. */
@Repository
class TrainerTable {
    private final JdbcClient jdbc;

    TrainerTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<TrainerView> find(String id) {
        return jdbc.sql("SELECT name, time_zone, is_active, active_allocations FROM trainers WHERE id = :id")
                .param("id", id)
                .query((row, n) -> TrainerView.of(
                        id,
                        new TrainerProfile(
                                row.getString("name"),
                                ZoneId.of(row.getString("time_zone")),
                                row.getBoolean("is_active"),
                                new LinkedHashSet<>(skills(id)),
                                availability(id)),
                        row.getInt("active_allocations")))
                .optional();
    }

    /** Inserts the trainer, or replaces the profile. */
    void save(String id, TrainerProfile profile) {
        jdbc.sql("""
                        INSERT INTO trainers (id, name, time_zone, is_active) VALUES (:id, :name, :timeZone, :active)
                        ON CONFLICT (id) DO UPDATE
                        SET name = excluded.name, time_zone = excluded.time_zone, is_active = excluded.is_active
                        """)
                .param("id", id)
                .param("name", profile.name())
                .param("timeZone", profile.zone().getId())
                .param("active", profile.active())
                .update();
        jdbc.sql("DELETE FROM trainer_skills WHERE trainer_id = :id")
                .param("id", id)
                .update();
        jdbc.sql("INSERT INTO trainer_skills (trainer_id, skill) SELECT :id, unnest(:skills)")
                .param("id", id)
                .param("skills", new SqlArrayValue("text", profile.skills().toArray()))
                .update();
        jdbc.sql("DELETE FROM trainer_availability WHERE trainer_id = :id")
                .param("id", id)
                .update();
        jdbc.sql("""
                        INSERT INTO trainer_availability (trainer_id, day_of_week, from_time, to_time)
                        SELECT :id, day, make_interval(mins => from_minute)::time,
                               CASE to_minute WHEN 1440 THEN '24:00' ELSE make_interval(mins => to_minute)::time END
                        FROM unnest(:days, :froms, :tos) AS work (day, from_minute, to_minute)
                        """)
                .param("id", id)
                .param("days", integers(profile, work -> work.day().getValue()))
                .param("froms", integers(profile, Availability::fromMinute))
                .param("tos", integers(profile, Availability::toMinute))
                .update();
    }

    private List<String> skills(String id) {
        return jdbc.sql("SELECT skill FROM trainer_skills WHERE trainer_id = :id ORDER BY skill")
                .param("id", id)
                .query((row, n) -> row.getString("skill"))
                .list();
    }

    private List<Availability> availability(String id) {
        return jdbc.sql("""
                        SELECT day_of_week, extract(epoch FROM from_time)::integer / 60 AS from_minute,
                               extract(epoch FROM to_time)::integer / 60 AS to_minute
                        FROM trainer_availability
                        WHERE trainer_id = :id
                        ORDER BY day_of_week, from_time
                        """)
                .param("id", id)
                .query((row, n) -> new Availability(
                        DayOfWeek.of(row.getInt("day_of_week")), row.getInt("from_minute"), row.getInt("to_minute")))
                .list();
    }

    private static SqlArrayValue integers(TrainerProfile profile, Function<Availability, Integer> value) {
        return new SqlArrayValue(
                "int4", profile.availability().stream().map(value).toArray());
    }
}
