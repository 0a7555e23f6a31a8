package dev.tidings.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Work on several things at the same time, each on a virtual thread. */
public final class Concurrently {
    private Concurrently() {}

    /** Returns when all are done. A single one is done on the calling thread. An exception of one is thrown after the end of all. */
    public static <E> void forEach(List<E> all, Consumer<E> action) {
        map(all, one -> {
            action.accept(one);
            return true;
        });
    }

    /** Returns the result of each, in their order. Otherwise like {@link #forEach}. */
    public static <E, R> List<R> map(List<E> all, Function<E, R> function) {
        if (all.size() == 1) {
            return List.of(function.apply(all.getFirst()));
        }
        List<Future<R>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            all.forEach(one -> running.add(threads.submit(() -> function.apply(one))));
        }
        List<R> results = new ArrayList<>();
        for (Future<R> one : running) {
            try {
                results.add(one.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return results;
    }
}
