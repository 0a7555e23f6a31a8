package dev.tidings.benchmarks;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Starts work at a steady rate, however long the answers take. */
final class OpenLoop {
    interface TimedWork {
        /**
         * Does one piece of it.
         *
         * @param number 0, 1, …
         * @param due {@link System#nanoTime} at which it should begin; latencies count from there
         */
        void run(int number, long due);
    }

    private OpenLoop() {}

    /** Runs each piece of work on a virtual thread of its own. Returns when all are done. */
    static void run(int perSecond, int count, TimedWork work) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            pace(perSecond, count, (number, due) -> threads.execute(() -> work.run(number, due)));
        }
    }

    /** Runs the work on the caller's thread, for work that does not block. */
    static void pace(int perSecond, int count, TimedWork work) {
        long pause = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long start = System.nanoTime();
        for (int n = 0; n < count; n++) {
            long due = start + n * pause;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            work.run(n, due);
        }
    }
}
