package dev.tidings.workers.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/** Blocks deliveries with exponential backoff while a shared dependency is down, until the process stops. */
final class Outage implements SmartLifecycle {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Duration timeout;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean running;

    Outage(Duration timeout) {
        this.timeout = timeout;
    }

    /** The wait of one delivery; used by its thread alone. */
    final class Wait {
        private final long start = System.nanoTime();
        private Duration pause = FIRST_PAUSE;

        /** @return false if the outage timeout is over or the process stops */
        boolean pause() {
            if (System.nanoTime() - start > timeout.toNanos()) {
                return false;
            }
            try {
                if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
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
