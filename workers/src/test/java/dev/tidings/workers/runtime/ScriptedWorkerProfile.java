package dev.tidings.workers.runtime;

import dev.tidings.profiles.RoleProfiles;
import java.util.Set;

/** Makes the worker of the tests known. */
final class ScriptedWorkerProfile implements RoleProfiles {
    @Override
    public String variable() {
        return "TIDINGS_WORKER";
    }

    @Override
    public Set<String> names() {
        return Set.of("scripted-worker");
    }
}
