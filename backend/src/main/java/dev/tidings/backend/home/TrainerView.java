package dev.tidings.backend.home;

import org.jspecify.annotations.Nullable;

/** @param name null if the trainer has gone */
record TrainerView(String trainerId, @Nullable String name) {}
