/**
 * The profiles of all services, and the development switches that profile {@code production} rejects (R-RL-6).
 *
 * <p>{@link dev.tidings.profiles.ProfileGuard} runs in every service with this module on its class path: Spring Boot finds it in {@code
 * META-INF/spring.factories}. It runs once per start, after all sources of settings were read and before the first bean is created, so it
 * checks the effective profiles and switches, whatever their source. No setting disables it.
 *
 * <p>Profile names are a closed list: {@code default} and {@code production}. A service with several roles adds one profile per role
 * through {@link dev.tidings.profiles.RoleProfiles}.
 *
 * <p>Must not import any service.
 */
@NullMarked
package dev.tidings.profiles;

import org.jspecify.annotations.NullMarked;
