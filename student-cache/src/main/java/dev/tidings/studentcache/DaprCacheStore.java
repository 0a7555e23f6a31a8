package dev.tidings.studentcache;

import io.dapr.client.DaprClient;
import io.dapr.client.domain.GetBulkStateRequest;
import io.dapr.client.domain.State;
import io.dapr.client.domain.StateOptions;
import io.dapr.client.domain.TransactionalStateOperation;
import io.dapr.client.domain.TransactionalStateOperation.OperationType;
import io.dapr.utils.TypeRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A Dapr state store with transactions. Uses last-write-wins only: in Redis, a key that was written with compare-and-set rejects
 * plain writes afterwards. Values are bytes, which the serializer of the SDK does not change.
 */
final class DaprCacheStore implements CacheStore {
    private static final StateOptions LAST_WRITE =
            new StateOptions(StateOptions.Consistency.STRONG, StateOptions.Concurrency.LAST_WRITE);
    private static final TypeRef<byte[]> BYTES = TypeRef.get(byte[].class);

    private final DaprClient dapr;
    private final String component;
    private final Duration timeout;

    DaprCacheStore(DaprClient dapr, String component, Duration timeout) {
        this.dapr = dapr;
        this.component = component;
        this.timeout = timeout;
    }

    @Override
    public Map<String, String> read(List<String> keys) {
        var request = new GetBulkStateRequest(component, keys).setParallelism(keys.size());
        List<State<byte[]>> states = await("reading", keys, dapr.getBulkState(request, BYTES));
        Map<String, String> found = new HashMap<>();
        for (State<byte[]> state : states == null ? List.<State<byte[]>>of() : states) {
            if (state.getError() != null && !state.getError().isEmpty()) {
                throw new CacheUnavailableException(
                        "state store '%s' rejected reading %s: %s".formatted(component, keys, state.getError()));
            }
            byte[] value = state.getValue();
            if (value != null && value.length > 0) {
                found.put(state.getKey(), new String(value, StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    @Override
    public void write(String key, String json, Duration timeToLive) {
        State<byte[]> state = state(key, json, timeToLive);
        await("writing", key, dapr.saveBulkState(component, List.of(state)));
    }

    @Override
    public void writeAndDelete(String key, String json, Duration timeToLive, List<String> deleted) {
        List<TransactionalStateOperation<?>> operations = new ArrayList<>();
        operations.add(new TransactionalStateOperation<>(OperationType.UPSERT, state(key, json, timeToLive)));
        deleted.forEach(other ->
                operations.add(new TransactionalStateOperation<>(OperationType.DELETE, new State<byte[]>(other))));
        await("writing", key, dapr.executeStateTransaction(component, operations));
    }

    private static State<byte[]> state(String key, String json, Duration timeToLive) {
        return new State<>(
                key,
                json.getBytes(StandardCharsets.UTF_8),
                null,
                Map.of("ttlInSeconds", Long.toString(timeToLive.toSeconds())),
                LAST_WRITE);
    }

    private <T> @Nullable T await(String what, Object keys, Mono<T> call) {
        try {
            return call.timeout(timeout).block();
        } catch (RuntimeException e) {
            throw new CacheUnavailableException(
                    "state store '%s' failed %s %s: %s".formatted(component, what, keys, e.getMessage()), e);
        }
    }
}
