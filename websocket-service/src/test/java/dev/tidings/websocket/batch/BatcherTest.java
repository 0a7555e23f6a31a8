package dev.tidings.websocket.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatcherTest {
    @Test
    void requests_that_arrive_during_a_batch_are_executed_together() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        ConcurrentLinkedQueue<List<Integer>> batches = new ConcurrentLinkedQueue<>();
        Batcher<Integer, Integer> batcher = new Batcher<>("test", 1, 3, requests -> {
            batches.add(requests);
            begun.countDown();
            awaitQuietly(mayEnd);
            return requests.stream().map(n -> n * 10).toList();
        });

        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        answers.add(batcher.submit(1));
        begun.await();
        IntStream.rangeClosed(2, 6).mapToObj(batcher::submit).forEach(answers::add);
        mayEnd.countDown();

        assertThat(answers.stream().map(CompletableFuture::join)).containsExactly(10, 20, 30, 40, 50, 60);
        assertThat(batches).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5, 6));
    }

    @Test
    void a_failure_fails_its_batch_and_no_other() {
        Batcher<Integer, Integer> batcher = new Batcher<>("test", 1, 10, requests -> {
            if (requests.contains(0)) {
                throw new IllegalArgumentException("zero");
            }
            return requests;
        });

        assertThatThrownBy(() -> batcher.submit(0).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(batcher.submit(1).join()).isEqualTo(1);
    }

    @Test
    void every_request_of_many_threads_is_answered_once() {
        Batcher<Integer, Integer> batcher = new Batcher<>("test", 4, 7, requests -> requests);

        List<CompletableFuture<Integer>> answers =
                IntStream.range(0, 10_000).parallel().mapToObj(batcher::submit).toList();

        assertThat(answers.stream().map(CompletableFuture::join))
                .containsExactlyElementsOf(IntStream.range(0, 10_000).boxed().toList());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
