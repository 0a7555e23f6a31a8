/**
 * Profiles of trainers, written by administrators: skills, and weekly availability in the time zone of the trainer. A profile is
 * replaced as a whole; existing sessions stay. Each change retries the purchases that wait for a trainer.
 */
@NullMarked
package dev.tidings.backend.trainers;

import org.jspecify.annotations.NullMarked;
