package dev.tidings.workers.runtime;

import dev.tidings.retry.Backoff;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/** Blocks deliveries with exponential backoff while a shared dependency is down, until the process stops. */
final class Outage implements SmartLifecycle {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

    private final Duration timeout;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean running;

    Outage(Duration timeout) {
        this.timeout = timeout;
    }

    /** The wait of one delivery; used by its thread alone. */
    final class Wait {
        private final long start = System.nanoTime();
        private int pauses;

        /** @return false if the outage timeout is over or the process stops */
        boolean pause() {
            if (System.nanoTime() - start > timeout.toNanos()) {
                return false;
            }
            pauses++;
            try {
                if (closing.await(BACKOFF.delay(pauses).toMillis(), TimeUnit.MILLISECONDS)) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            return true;
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Runs before the web server waits for the deliveries in progress. */
    @Override
    public void stop() {
        running = false;
        closing.countDown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
