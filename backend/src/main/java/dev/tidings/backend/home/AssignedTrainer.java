package dev.tidings.backend.home;

import org.jspecify.annotations.Nullable;

/** @param name null if the trainer was removed */
record AssignedTrainer(String trainerId, @Nullable String name) {}
