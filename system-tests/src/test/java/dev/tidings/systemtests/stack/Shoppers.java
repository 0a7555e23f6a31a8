package dev.tidings.systemtests.stack;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** New students who buy a course one after the other, some eight a second while all is well, until {@link #stop}. */
public final class Shoppers {

    private static final long PAUSE_MILLIS = 100;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Map<String, String> studentsByPayment = new ConcurrentHashMap<>();

    private Shoppers() {}

    /** @param slots of their sessions, in turn */
    public static Shoppers start(Tutoring tutoring, String course, int tier, List<String> slots) {
        Shoppers shoppers = new Shoppers();
        Thread.ofVirtual().name("shoppers").start(() -> shoppers.run(tutoring, course, tier, slots));
        return shoppers;
    }

    /** Waits until so many more have confirmed their payments. */
    public void awaitMore(int purchases) {
        awaitCount(studentsByPayment.size() + purchases);
    }

    /** Waits until so many have confirmed their payments, from the beginning. */
    public void awaitCount(int purchases) {
        await("%d purchases".formatted(purchases)).until(() -> ended.isDone() || studentsByPayment.size() >= purchases);
    }

    /** Students by payment. */
    public Map<String, String> stop() {
        stopped.countDown();
        ended.join();
        return studentsByPayment;
    }

    private void run(Tutoring tutoring, String course, int tier, List<String> slots) {
        try {
            do {
                String student = Users.named("shopper");
                String slot = slots.get(studentsByPayment.size() % slots.size());
                studentsByPayment.put(tutoring.buy(student, course, tier, slot), student);
            } while (!stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
            ended.complete(null);
        } catch (InterruptedException | RuntimeException | AssertionError e) {
            ended.completeExceptionally(e);
        }
    }
}
