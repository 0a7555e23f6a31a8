package dev.tidings.systemtests.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Many {@code POST /api/tasks} at the same time, and what they were answered. */
public final class Flood {

    /** An answer of 429 or 503. */
    public record Refusal(Http.Answer answer, long retryAfter) {}

    private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<String>> createdByUser = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Refusal> refusals = new ConcurrentLinkedQueue<>();

    private Flood() {}

    /**
     * Returns when all are answered.
     *
     * @param users of the tasks, in turn
     * @param atOnce how many clients post, each without a pause
     * @param each how many tasks each of them posts
     */
    static Flood of(URI backend, Tokens tokens, List<String> users, int atOnce, int each) {
        Flood flood = new Flood();
        Map<String, String> tokenOf = new HashMap<>();
        users.forEach(user -> tokenOf.put(user, tokens.of(user)));
        try (HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = IntStream.range(0, atOnce)
                    .<Future<?>>mapToObj(client -> clients.submit(() -> {
                        String user = users.get(client % users.size());
                        for (int n = 0; n < each; n++) {
                            String title = "flood %d-%d".formatted(client, n);
                            flood.post(http, backend, user, tokenOf.getOrDefault(user, ""), title);
                        }
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
            return flood;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new AssertionError("a request was not answered", e.getCause());
        }
    }

    private void post(HttpClient http, URI backend, String user, String token, String title) {
        HttpRequest request = Http.to(backend.resolve("/api/tasks"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Tasks.title(title)))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            statuses.add(response.statusCode());
            if (response.statusCode() == 201) {
                createdByUser
                        .computeIfAbsent(user, _ -> ConcurrentHashMap.newKeySet())
                        .add(title);
            } else {
                refusals.add(new Refusal(
                        new Http.Answer(
                                response.statusCode(),
                                response.headers().firstValue("Content-Type").orElse(""),
                                response.body()),
                        response.headers().firstValueAsLong("Retry-After").orElse(0)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Set<Integer> statuses() {
        return new HashSet<>(statuses);
    }

    /** The titles of the tasks of that user that were created. */
    public Set<String> createdBy(String user) {
        return createdByUser.getOrDefault(user, Set.of());
    }

    public List<Refusal> refusals() {
        return List.copyOf(refusals);
    }
}
