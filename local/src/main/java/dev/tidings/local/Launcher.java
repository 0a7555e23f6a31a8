package dev.tidings.local;

import dev.tidings.tokens.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Starts a stack for the terminal, tells what it does, and keeps it until a signal ends the program. */
final class Launcher {

    private Launcher() {}

    /** Returns only if the start failed; otherwise the JVM ends by a signal, whose hook stops everything. */
    static int run(StackOptions options, Console console) {
        long begin = System.nanoTime();
        LocalStack stack = new LocalStack(options, console);
        logTo(options.log("launcher"));
        AtomicBoolean signalled = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            signalled.set(true);
                            stop(stack, console);
                        },
                        "stop everything"));
        console.line("Starting Tidings with %d replica%s of the WebSocket service."
                .formatted(options.replicas(), options.replicas() == 1 ? "" : "s"));
        console.lines("");
        try {
            stack.start();
        } catch (Problem e) {
            if (signalled.get()) {
                awaitEnd(); // it failed because the hook stops it
            }
            throw e;
        }
        console.lines(Welcome.text(
                options,
                stack.tokenIssuer().issue("ada", Role.USER, Duration.ofHours(1)),
                Duration.ofNanos(System.nanoTime() - begin)));
        awaitEnd();
        return 0;
    }

    private static void stop(LocalStack stack, Console console) {
        if (stack.isClosed()) {
            stack.close(); // its start failed, the reason was told; perhaps not all of it is stopped yet
            return;
        }
        long begin = System.nanoTime();
        console.lines("");
        console.line("Stopping: services, sidecars, then PostgreSQL, Redis and Kafka.");
        stack.close();
        console.line("All stopped after %s. The data stays; ./run starts again with it."
                .formatted(Durations.inWords(Duration.ofNanos(System.nanoTime() - begin))));
    }

    /** What is not for the terminal, stack traces above all, goes to a file; so does what libraries log. */
    private static void logTo(Path file) {
        try {
            Files.createDirectories(file.resolveSibling("."));
            LogManager.getLogManager().reset();
            Handler handler = new FileHandler(file.toString(), true);
            handler.setFormatter(new SimpleFormatter());
            handler.setLevel(Level.INFO);
            Logger.getLogger("").addHandler(handler);
        } catch (IOException e) {
            throw Problem.cannotWrite(file, e);
        }
    }

    private static void awaitEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
