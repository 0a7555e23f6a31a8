package dev.tidings.messaging.outbox;

import org.springframework.context.SmartLifecycle;

/**
 * Starts a relay before the web server and stops it after the web server, so that the events of the last requests are published,
 * and before the data source closes. The bean of the relay must have no destroy method.
 */
public final class RelayLifecycle implements SmartLifecycle {
    private final OutboxRelay relay;
    private final Runnable warmUp;
    private volatile boolean running;

    /** @param warmUp makes a first call to the sidecar, which loads classes and opens the channel; must not block */
    public RelayLifecycle(OutboxRelay relay, Runnable warmUp) {
        this.relay = relay;
        this.warmUp = warmUp;
    }

    @Override
    public void start() {
        relay.start();
        running = true;
        warmUp.run();
    }

    @Override
    public void stop() {
        running = false;
        relay.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** A lower phase than the web server: starts earlier and stops later. */
    @Override
    public int getPhase() {
        return 0;
    }
}
