package dev.tidings.websocket.cluster.membership;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Metrics of this replica's lease. Any thread. */
public final class MembershipMetrics {
    private final Counter renewed;
    private final Counter renewalFailed;
    private final Counter bootChanges;

    public MembershipMetrics(MeterRegistry registry) {
        this.renewed = Counter.builder("tidings.cluster.lease.renewals")
                .description("Lease renewals that were written to the state store")
                .register(registry);
        this.renewalFailed = Counter.builder("tidings.cluster.lease.failures")
                .description("Lease renewals that failed")
                .register(registry);
        this.bootChanges = Counter.builder("tidings.cluster.boot.changes")
                .description("Times this replica took a new boot id because its lease was lost or late")
                .register(registry);
    }

    void renewed() {
        renewed.increment();
    }

    public void renewalFailed() {
        renewalFailed.increment();
    }

    void bootChanged() {
        bootChanges.increment();
    }
}
