package dev.tidings.backend.trainers;

import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
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

/** Reads what is said about a trainer, and collects all that is wrong with it. One instance reads one request. */
final class TrainerForm {
    private static final Set<String> KNOWN = Set.of("name", "timeZone", "active", "skills", "availability");
    private static final Map<String, DayOfWeek> DAYS = Arrays.stream(DayOfWeek.values())
            .collect(Collectors.toMap(day -> day.name().toLowerCase(Locale.ROOT), Function.identity()));
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());
    private static final Pattern SKILL = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}]");
    private static final String END_OF_DAY = "24:00";
    private static final int MAX_NAME = 200;
    private static final int MAX_SKILLS = 50;
    private static final int MAX_AVAILABILITY = 50;

    private final ObjectNode json;
    private final List<FieldError> errors = new ArrayList<>();

    private TrainerForm(ObjectNode json) {
        this.json = json;
    }

    static TrainerProfile read(ObjectNode json) {
        return new TrainerForm(json).read();
    }

    private TrainerProfile read() {
        json.propertyNames().stream()
                .filter(name -> !KNOWN.contains(name))
                .forEach(name -> refuse(
                        name.length() <= 64 ? name : name.substring(0, 64) + "…", "is not a field of a trainer"));
        TrainerProfile profile = new TrainerProfile(name(), zone(), active(), skills(), availability());
        if (!errors.isEmpty()) {
            throw Problems.invalid(errors);
        }
        return profile;
    }

    private String name() {
        String name = json.path("name").stringValue("");
        if (name.isBlank()
                || name.length() > MAX_NAME
                || UNPRINTABLE.matcher(name).find()) {
            refuse("name", "must be a line of 1 to %d characters".formatted(MAX_NAME));
        }
        return name;
    }

    private ZoneId zone() {
        String zone = json.path("timeZone").asString("UTC");
        if (ZONES.contains(zone)) {
            return ZoneId.of(zone);
        }
        refuse("timeZone", "must be a time zone such as Europe/Berlin");
        return ZoneId.of("UTC");
    }

    private boolean active() {
        JsonNode active = json.path("active");
        if (!active.isMissingNode() && !active.isBoolean()) {
            refuse("active", "must be true or false");
        }
        return active.asBoolean(true);
    }

    private Set<String> skills() {
        Set<String> skills = new TreeSet<>();
        for (JsonNode skill : list("skills", MAX_SKILLS)) {
            String text = skill.stringValue("");
            if (!SKILL.matcher(text).matches()) {
                refuse("skills", "must be lower-case words such as 'java'");
                break;
            }
            skills.add(text);
        }
        return skills;
    }

    private List<Availability> availability() {
        List<Availability> availability = new ArrayList<>();
        for (JsonNode work : list("availability", MAX_AVAILABILITY)) {
            DayOfWeek day = DAYS.get(work.path("day").stringValue(""));
            Integer from = minute(work.path("from").stringValue(""));
            Integer to = minute(work.path("to").stringValue(""));
            if (day == null || from == null || to == null || from >= to) {
                refuse(
                        "availability",
                        "must be times of a week such as {\"day\": \"monday\", \"from\": \"09:00\", \"to\": \"17:00\"}");
                break;
            }
            availability.add(new Availability(day, from, to));
        }
        if (availability.stream()
                        .map(work -> List.of(work.day(), work.fromMinute()))
                        .distinct()
                        .count()
                < availability.size()) {
            refuse("availability", "must not begin twice at the same time");
        }
        return availability;
    }

    private Iterable<JsonNode> list(String field, int max) {
        JsonNode list = json.path(field);
        if (!list.isArray() || list.size() > max) {
            refuse(field, "must be a list of at most %d".formatted(max));
            return List.of();
        }
        return list;
    }

    private static @Nullable Integer minute(String text) {
        return text.equals(END_OF_DAY)
                ? Integer.valueOf(Availability.END_OF_DAY)
                : TimeSlot.parse(text)
                        .map(LocalTime::toSecondOfDay)
                        .map(seconds -> seconds / 60)
                        .orElse(null);
    }

    private void refuse(String field, String message) {
        errors.add(new FieldError(field, message));
    }
}
