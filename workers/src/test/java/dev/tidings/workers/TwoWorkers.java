package dev.tidings.workers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Two instances of one worker that share its work, for all tests of a class. */
public final class TwoWorkers implements BeforeAllCallback, AfterAllCallback {
    private final String appId;
    private final WorkersDatabase database;
    private final List<RunningWorker> running = new ArrayList<>();

    public TwoWorkers(String appId, WorkersDatabase database) {
        this.appId = appId;
        this.database = database;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running.add(RunningWorker.start(appId, database));
        running.add(RunningWorker.start(appId, database));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        running.forEach(RunningWorker::close);
    }

    public RunningWorker getFirst() {
        return running.getFirst();
    }

    public RunningWorker getLast() {
        return running.getLast();
    }

    /** Returns the first worker for an even number and the second for an odd one. */
    public RunningWorker inTurn(int number) {
        return running.get(number % 2);
    }

    /** Makes calls of both workers at the same time. Returns their results. */
    public <T> List<T> atOnce(int times, BiFunction<RunningWorker, Integer, T> call) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<T>> calls = IntStream.range(0, times)
                    .mapToObj(number -> threads.submit(() -> call.apply(inTurn(number), number)))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> done : calls) {
                results.add(done.get());
            }
            return results;
        }
    }
}
