package dev.tidings.backend.trainers;

import dev.tidings.tutoring.Availability;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * What an administrator says about a trainer.
 *
 * @param active whether new students may be given to them
 */
record TrainerProfile(String name, ZoneId zone, boolean active, Set<String> skills, List<Availability> availability) {}
