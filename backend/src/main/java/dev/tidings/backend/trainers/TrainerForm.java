package dev.tidings.backend.trainers;

import dev.tidings.backend.requests.FormReader;
import dev.tidings.backend.requests.RequestTimes;
import dev.tidings.tutoring.Availability;
import dev.tidings.tutoring.TimeSlot;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the profile of a trainer. */
final class TrainerForm {
    private static final Set<String> FIELDS = Set.of("name", "timeZone", "active", "skills", "availability");
    private static final Map<String, DayOfWeek> DAYS = Arrays.stream(DayOfWeek.values())
            .collect(Collectors.toMap(day -> day.name().toLowerCase(Locale.ROOT), Function.identity()));
    private static final Pattern SKILL = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final String END_OF_DAY = "24:00";
    private static final int MAX_NAME = 200;
    private static final int MAX_SKILLS = 50;
    private static final int MAX_AVAILABILITY = 50;

    private TrainerForm() {}

    static TrainerProfile read(ObjectNode json) {
        FormReader form = FormReader.of(json, "a trainer", FIELDS);
        ZoneId zone = form.parsed("timeZone", RequestTimes::zone, "must be a time zone such as Europe/Berlin");
        TrainerProfile profile = new TrainerProfile(
                form.line("name", MAX_NAME),
                zone == null ? ZoneId.of("UTC") : zone,
                !form.names("active") || form.bool("active"),
                skills(form),
                availability(form));
        form.finish();
        return profile;
    }

    private static Set<String> skills(FormReader form) {
        Set<String> skills = new TreeSet<>();
        for (JsonNode skill : list(form, "skills", MAX_SKILLS)) {
            String text = skill.stringValue("");
            if (!SKILL.matcher(text).matches()) {
                form.reject("skills", "must be lower-case words such as 'java'");
                break;
            }
            skills.add(text);
        }
        return skills;
    }

    private static List<Availability> availability(FormReader form) {
        List<Availability> availability = new ArrayList<>();
        for (JsonNode work : list(form, "availability", MAX_AVAILABILITY)) {
            DayOfWeek day = DAYS.get(work.path("day").stringValue(""));
            Integer from = minute(work.path("from").stringValue(""));
            Integer to = minute(work.path("to").stringValue(""));
            if (day == null || from == null || to == null || from >= to) {
                form.reject(
                        "availability",
                        "must be times of a week such as {\"day\": \"monday\", \"from\": \"09:00\", \"to\": \"17:00\"}");
                break;
            }
            availability.add(new Availability(day, from, to));
        }
        long starts = availability.stream()
                .map(work -> List.of(work.day(), work.fromMinute()))
                .distinct()
                .count();
        if (starts < availability.size()) {
            form.reject("availability", "must not begin twice at the same time");
        }
        return availability;
    }

    private static Iterable<JsonNode> list(FormReader form, String field, int max) {
        JsonNode list = form.node(field);
        return list.isArray() && list.size() <= max
                ? list
                : form.reject(field, "must be a list of at most %d".formatted(max), List.of());
    }

    private static @Nullable Integer minute(String text) {
        return text.equals(END_OF_DAY)
                ? Integer.valueOf(Availability.END_OF_DAY)
                : TimeSlot.parse(text)
                        .map(LocalTime::toSecondOfDay)
                        .map(seconds -> seconds / 60)
                        .orElse(null);
    }
}
