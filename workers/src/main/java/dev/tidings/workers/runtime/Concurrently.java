package dev.tidings.workers.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Work on several things at the same time, each on a virtual thread. */
final class Concurrently {
    private Concurrently() {}

    /** Returns when all are done. A single one is done on the calling thread. An exception of one is thrown after the end of all. */
    static <E> void forEach(List<E> all, Consumer<E> action) {
        if (all.size() == 1) {
            action.accept(all.getFirst());
            return;
        }
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            all.forEach(one -> running.add(threads.submit(() -> action.accept(one))));
        }
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }
}
