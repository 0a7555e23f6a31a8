/**
 * The profiles of all services, and what profile {@code production} refuses (R-RL-6).
 *
 * <p>{@link dev.tidings.profiles.ProfileGuard} runs in every service that has this module on its class path: Spring Boot finds it in
 * {@code META-INF/spring.factories}. It runs once per start, after all sources of settings were read and before any bean is made,
 * so it sees the profiles and switches that are in force, whichever source they come from. No setting turns it off.
 *
 * <p>Profile names are a closed list: {@code default} and {@code production}. A service whose processes have different roles adds
 * one profile per role through {@link dev.tidings.profiles.RoleProfiles}.
 *
 * <p>Must not import anything of the services.
 */
@NullMarked
package dev.tidings.profiles;

import org.jspecify.annotations.NullMarked;
