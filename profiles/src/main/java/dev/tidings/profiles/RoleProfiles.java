package dev.tidings.profiles;

import java.util.Set;

/** The profiles that a service activates itself, one per role of a process. Registered in spring.factories. */
public interface RoleProfiles {
    /** Returns the environment variable that selects the role. */
    String variable();

    /** Returns all roles. */
    Set<String> names();
}
