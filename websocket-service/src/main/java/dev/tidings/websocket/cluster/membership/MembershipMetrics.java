package dev.tidings.websocket.cluster.membership;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Metrics of this replica's lease. Any thread. */
public final class MembershipMetrics {
    private final Counter renewed;
    private final Counter renewalFailed;
    private final Counter incarnationChanges;

    public MembershipMetrics(MeterRegistry registry) {
        this.renewed = Counter.builder("tidings.cluster.lease.renewals")
                .description("Lease renewals that were written to the state store")
                .register(registry);
        this.renewalFailed = Counter.builder("tidings.cluster.lease.failures")
                .description("Lease renewals that failed")
                .register(registry);
        this.incarnationChanges = Counter.builder("tidings.cluster.incarnation.changes")
                .description("Times this replica took a new incarnation id because its lease was lost or late")
                .register(registry);
    }

    void renewed() {
        renewed.increment();
    }

    public void renewalFailed() {
        renewalFailed.increment();
    }

    void incarnationChanged() {
        incarnationChanges.increment();
    }
}
