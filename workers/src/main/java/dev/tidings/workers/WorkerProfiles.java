package dev.tidings.workers;

import dev.tidings.profiles.RoleProfiles;
import dev.tidings.topology.App;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A profile for each worker, and one for a process without a worker. */
final class WorkerProfiles implements RoleProfiles {
    @Override
    public String variable() {
        return "TIDINGS_WORKER";
    }

    @Override
    public Set<String> names() {
        return Stream.concat(App.workers().stream().map(App::id), Stream.of("no-worker"))
                .collect(Collectors.toUnmodifiableSet());
    }
}
