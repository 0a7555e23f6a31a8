package dev.tidings.backend.trainers;

import dev.tidings.tutoring.Availability;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * The fields of a trainer that an administrator sets.
 *
 * @param active whether the trainer accepts new students
 */
record TrainerProfile(String name, ZoneId zone, boolean active, Set<String> skills, List<Availability> availability) {}
