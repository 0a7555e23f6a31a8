package dev.tidings.messaging.outbox;

import org.springframework.context.SmartLifecycle;

/**
 * Runs a relay as long as its service: started before the web server and stopped after it, so that a last request's event still
 * leaves, and closed before the data source. The relay's own bean must have no destroy method.
 */
public final class RelayLifecycle implements SmartLifecycle {
    private final OutboxRelay relay;
    private final Runnable warmUp;
    private volatile boolean running;

    /** @param warmUp makes a first call to the sidecar, which loads classes and opens the channel; must not wait for an answer */
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

    /** Below the web server's. */
    @Override
    public int getPhase() {
        return 0;
    }
}
