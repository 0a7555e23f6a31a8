package dev.tidings.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The events of one step, and how long each took to the screens. Each event carries its number in its title ({@link #title}). Events
 * of an earlier step are ignored. Thread-safe.
 */
final class ReceivedMessages {
    private static final String MARK = "load-";
    private static final AtomicInteger USED = new AtomicInteger();

    private final int first;
    private final int copies;
    private final AtomicLongArray due;
    private final AtomicIntegerArray arrived;
    private final AtomicInteger complete = new AtomicInteger();
    private final AtomicInteger expected = new AtomicInteger();
    private final Times times = new Times();

    /** @param copies sockets that receive each event */
    ReceivedMessages(int events, int copies) {
        this.first = USED.getAndAdd(events);
        this.copies = copies;
        this.due = new AtomicLongArray(events);
        this.arrived = new AtomicIntegerArray(events);
    }

    /** @param number 0, 1, … in this step */
    String title(int number) {
        return MARK + (first + number) + ".";
    }

    void due(int number, long at) {
        due.set(number, at);
    }

    /** The event was accepted, so it must arrive, unless its user is offline. */
    void expect() {
        if (copies > 0) {
            expected.incrementAndGet();
        }
    }

    /** @param at {@link System#nanoTime} of the arrival */
    void arrived(String message, long at) {
        int begin = message.indexOf(MARK);
        int end = begin < 0 ? -1 : message.indexOf('.', begin);
        if (end < 0) {
            return;
        }
        int number = Integer.parseInt(message, begin + MARK.length(), end, 10) - first;
        if (number >= 0 && number < due.length()) {
            times.add(at - due.get(number));
            if (arrived.incrementAndGet(number) == copies) {
                complete.incrementAndGet();
            }
        }
    }

    /** Waits until all expected events are on all screens, or none came for so long; returns how many are missing. */
    int awaitAll(int patienceSeconds) throws InterruptedException {
        int last = complete.get();
        long since = System.nanoTime();
        while (missing() > 0 && System.nanoTime() - since < TimeUnit.SECONDS.toNanos(patienceSeconds)) {
            TimeUnit.MILLISECONDS.sleep(20);
            if (complete.get() > last) {
                last = complete.get();
                since = System.nanoTime();
            }
        }
        return missing();
    }

    int missing() {
        return Math.max(0, expected.get() - complete.get());
    }

    Times times() {
        return times;
    }
}
