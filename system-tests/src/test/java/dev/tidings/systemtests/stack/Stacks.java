package dev.tidings.systemtests.stack;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The stacks of a test run. A class has one to itself while it runs, so it may break any part of it. There are as many stacks as
 * classes run at once ({@code junit-platform.properties}); each starts when it is first needed and stops after the last class.
 */
public final class Stacks implements AutoCloseable {
    private final List<Stack> started = new CopyOnWriteArrayList<>();
    private final Deque<Stack> idle = new ConcurrentLinkedDeque<>();
    private boolean closed;

    Stacks() {
        // JUnit closes the stacks after the last test; this is for Ctrl-C.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop the stacks"));
    }

    Stack borrow() {
        Stack stack = idle.pollFirst();
        return stack == null ? start() : stack;
    }

    void giveBack(Stack stack) {
        idle.addFirst(stack);
    }

    /** All that were started in this run; those that other classes use at the moment are among them. */
    public List<Stack> all() {
        return List.copyOf(started);
    }

    private synchronized Stack start() {
        if (closed) {
            throw new IllegalStateException("the test run is over");
        }
        Stack stack = Stack.start();
        started.add(stack);
        return stack;
    }

    @Override
    public synchronized void close() {
        closed = true;
        List<Thread> stopping = new ArrayList<>();
        started.forEach(stack -> stopping.add(Thread.ofVirtual().start(stack::close)));
        for (Thread thread : stopping) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
