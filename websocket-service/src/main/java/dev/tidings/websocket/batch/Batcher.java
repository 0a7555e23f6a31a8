package dev.tidings.websocket.batch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Executes requests in batches: while batches are being executed, further requests gather for the next one. A single request
 * is executed at once, so batches cost no latency and grow with the load.
 *
 * <p>Any thread may call {@link #submit}, which does not block. Batches are executed on virtual threads, which exist only
 * while there are requests.
 *
 * @param <Q> request
 * @param <A> answer
 */
public final class Batcher<Q, A> {
    private final String name;
    private final int parallel;
    private final int maxBatch;
    private final Function<List<Q>, List<A>> execution;

    @GuardedBy("this")
    private final Queue<Pending<Q, A>> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private int workers;

    private record Pending<Q, A>(Q request, CompletableFuture<A> answer) {}

    /**
     * @param name of the threads
     * @param parallel maximum number of batches at a time
     * @param maxBatch maximum number of requests of a batch
     * @param execution returns one answer for each request, in their order; may block. If it throws, all requests of the batch fail
     */
    public Batcher(String name, int parallel, int maxBatch, Function<List<Q>, List<A>> execution) {
        this.name = name;
        this.parallel = parallel;
        this.maxBatch = maxBatch;
        this.execution = execution;
    }

    /**
     * Executes a request with the next batch, which begins after this call.
     *
     * @return the answer, or the exception of the execution
     */
    public CompletableFuture<A> submit(Q request) {
        Pending<Q, A> pending = new Pending<>(request, new CompletableFuture<>());
        boolean isWorkerNeeded;
        synchronized (this) {
            waiting.add(pending);
            isWorkerNeeded = workers < parallel;
            workers += isWorkerNeeded ? 1 : 0;
        }
        if (isWorkerNeeded) {
            Thread.ofVirtual().name(name).start(this::work);
        }
        return pending.answer;
    }

    private void work() {
        for (List<Pending<Q, A>> batch = take(); !batch.isEmpty(); batch = take()) {
            try {
                List<A> answers =
                        execution.apply(batch.stream().map(Pending::request).toList());
                for (int i = 0; i < batch.size(); i++) {
                    batch.get(i).answer.complete(answers.get(i));
                }
            } catch (RuntimeException | Error e) {
                batch.forEach(pending -> pending.answer.completeExceptionally(e));
            }
        }
    }

    /** Returns the next batch; an empty one ends the worker. */
    private synchronized List<Pending<Q, A>> take() {
        List<Pending<Q, A>> batch = new ArrayList<>();
        while (batch.size() < maxBatch && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        workers -= batch.isEmpty() ? 1 : 0;
        return batch;
    }
}
