package dev.tidings.local.supervision;

/** Waiting for threads. */
final class Threads {

    private Threads() {}

    /** Returns when the thread has ended, or when the calling thread is interrupted, which then stays so. */
    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
