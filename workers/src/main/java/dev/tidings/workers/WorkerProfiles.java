package dev.tidings.workers;

import dev.tidings.profiles.RoleProfiles;
import java.util.Set;

/** One profile for each worker, whose settings application.yaml holds, and one for a process that is none. */
final class WorkerProfiles implements RoleProfiles {
    @Override
    public String variable() {
        return "TIDINGS_WORKER";
    }

    @Override
    public Set<String> names() {
        return Set.of(
                "purchase-worker",
                "allocation-worker",
                "session-worker",
                "cache-worker",
                "notification-service",
                "recurring-task-service",
                "audit-log-service",
                "no-worker");
    }
}
