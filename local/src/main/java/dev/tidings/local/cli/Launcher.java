package dev.tidings.local.cli;

import dev.tidings.local.supervision.Durations;
import dev.tidings.local.supervision.Problem;
import dev.tidings.local.topology.LocalStack;
import dev.tidings.local.topology.StackOptions;
import dev.tidings.tokens.Role;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Starts a stack for the terminal, prints its progress, and keeps it running until a signal ends the program. */
final class Launcher {

    private Launcher() {}

    /** Returns only if the start failed. Otherwise a signal ends the JVM, and the shutdown hook stops the stack. */
    static int run(StackOptions options, Console console) {
        LocalStack stack = new LocalStack(options, console);
        LauncherLog.open(options.folder());
        AtomicBoolean signalled = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            signalled.set(true);
                            stop(stack, console);
                        },
                        "stop everything"));
        console.line(
                options.services()
                        ? "Starting Tidings with %d replica%s of the WebSocket service."
                                .formatted(options.replicas(), options.replicas() == 1 ? "" : "s")
                        : "Starting PostgreSQL, Redis and Kafka.");
        console.lines("");
        long begin;
        try {
            stack.prepare();
            begin = System.nanoTime();
            stack.start();
        } catch (Problem e) {
            if (signalled.get()) {
                awaitEnd(); // the start failed because the hook stops the stack
            }
            throw e;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        console.lines(
                options.services()
                        ? Welcome.system(
                                options, stack.tokenIssuer().issue("ada", Role.USER, Duration.ofHours(1)), took)
                        : Welcome.infrastructure(options, took));
        awaitEnd();
        return 0;
    }

    private static void stop(LocalStack stack, Console console) {
        if (stack.isClosed()) {
            stack.close(); // the start failed and its reason was printed; some parts may still be running
            return;
        }
        long begin = System.nanoTime();
        console.lines("");
        console.line("Stopping: services, sidecars, then PostgreSQL, Redis and Kafka.");
        stack.close();
        console.line("All stopped after %s. The data stays; ./run starts again with it."
                .formatted(Durations.inWords(Duration.ofNanos(System.nanoTime() - begin))));
    }

    private static void awaitEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
