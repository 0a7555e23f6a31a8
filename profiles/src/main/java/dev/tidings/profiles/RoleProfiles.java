package dev.tidings.profiles;

import java.util.Set;

/** The profiles that a service activates by itself, one for each role that a process of it can have. Named in spring.factories. */
public interface RoleProfiles {
    /** The environment variable that names the role. */
    String variable();

    /** All roles. */
    Set<String> names();
}
