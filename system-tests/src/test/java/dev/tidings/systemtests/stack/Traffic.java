package dev.tidings.systemtests.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tasks of one user, created one after the other, some 50 a second, until {@link #stop}. */
public final class Traffic {

    private static final long PAUSE_MILLIS = 20;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CompletableFuture<List<String>> titles = new CompletableFuture<>();

    private Traffic() {}

    public static Traffic start(Stack stack, String user) {
        Traffic traffic = new Traffic();
        String token = stack.tokens().of(user);
        Thread.ofVirtual().name("traffic").start(() -> traffic.run(stack.tasks(), token));
        return traffic;
    }

    /** The titles in the order of creation. */
    public List<String> stop() {
        stopped.countDown();
        return titles.join();
    }

    private void run(Tasks tasks, String token) {
        List<String> created = new ArrayList<>();
        try {
            do {
                String title = "traffic " + created.size();
                tasks.create(token, title);
                created.add(title);
            } while (!stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
            titles.complete(created);
        } catch (InterruptedException | RuntimeException | AssertionError e) {
            titles.completeExceptionally(e);
        }
    }
}
