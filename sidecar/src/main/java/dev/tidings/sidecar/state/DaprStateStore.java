package dev.tidings.sidecar.state;

import io.dapr.client.DaprClient;
import io.dapr.client.domain.GetBulkStateRequest;
import io.dapr.client.domain.State;
import io.dapr.client.domain.StateOptions;
import io.dapr.client.domain.TransactionalStateOperation;
import io.dapr.client.domain.TransactionalStateOperation.OperationType;
import io.dapr.exceptions.DaprException;
import io.dapr.utils.TypeRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * A Dapr state store with strong consistency. Values are sent as bytes, without the serializer of the SDK.
 */
public final class DaprStateStore implements StateStore {
    private static final Logger log = LoggerFactory.getLogger(DaprStateStore.class);
    private static final StateOptions FIRST_WRITE =
            new StateOptions(StateOptions.Consistency.STRONG, StateOptions.Concurrency.FIRST_WRITE);
    private static final StateOptions LAST_WRITE =
            new StateOptions(StateOptions.Consistency.STRONG, StateOptions.Concurrency.LAST_WRITE);
    private static final TypeRef<byte[]> BYTES = TypeRef.get(byte[].class);
    /** Maximum number of keys that the sidecar fetches concurrently from a store without a bulk command (Redis). */
    private static final int PARALLELISM = 16;

    private final DaprClient dapr;
    private final String store;
    private final Duration timeout;

    /**
     * @param store name of the component
     * @param timeout time limit of each call
     */
    public DaprStateStore(DaprClient dapr, String store, Duration timeout) {
        this.dapr = dapr;
        this.store = store;
        this.timeout = timeout;
    }

    @Override
    public Versioned get(String key) {
        State<byte[]> state = await("reading " + key, dapr.getState(store, new State<>(key, null, FIRST_WRITE), BYTES));
        return state == null ? Versioned.ABSENT : versioned(state);
    }

    @Override
    public Map<String, Versioned> getAll(Collection<String> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        var request = new GetBulkStateRequest(store, List.copyOf(keys)).setParallelism(PARALLELISM);
        List<State<byte[]>> states = await("reading " + keys.size() + " keys", dapr.getBulkState(request, BYTES));
        Map<String, Versioned> found = new HashMap<>();
        keys.forEach(key -> found.put(key, Versioned.ABSENT));
        for (State<byte[]> state : states == null ? List.<State<byte[]>>of() : states) {
            if (state.getError() != null && !state.getError().isEmpty()) {
                throw new StateStoreException(
                        "state store '" + store + "' refused to read " + state.getKey() + ": " + state.getError());
            }
            found.put(state.getKey(), versioned(state));
        }
        return found;
    }

    @Override
    public boolean write(String key, String value, Versioned seen, Duration timeToLive) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        try {
            dapr.saveState(store, key, seen.version(), bytes, metadata(timeToLive), FIRST_WRITE)
                    .timeout(timeout)
                    .block();
            return true;
        } catch (DaprException e) {
            // Redis reports a conflicting create like any other error. The caller reads again in all cases, and that
            // read
            // fails if the store is unavailable.
            log.debug("State store '{}' refused {}: {}", store, key, e.getMessage());
            return false;
        } catch (RuntimeException e) {
            throw silent("writing " + key, e);
        }
    }

    @Override
    public boolean writeAll(List<StateChange> changes, Duration timeToLive) {
        if (changes.isEmpty()) {
            return true;
        }
        Map<String, String> metadata = metadata(timeToLive);
        List<State<?>> states = new ArrayList<>(changes.size());
        for (StateChange change : changes) {
            byte[] value = change.value().getBytes(StandardCharsets.UTF_8);
            states.add(new State<>(change.key(), value, change.seen().version(), metadata, FIRST_WRITE));
        }
        try {
            dapr.saveBulkState(store, states).timeout(timeout).block();
            return true;
        } catch (DaprException e) {
            log.debug("State store '{}' refused some of {} keys: {}", store, changes.size(), e.getMessage());
            return false;
        } catch (RuntimeException e) {
            throw silent("writing " + changes.size() + " keys", e);
        }
    }

    @Override
    public void put(String key, String value, Duration timeToLive) {
        await("writing " + key, dapr.saveBulkState(store, List.of(state(key, value, timeToLive))));
    }

    @Override
    public void putAndDelete(String key, String value, Duration timeToLive, List<String> deleted) {
        List<TransactionalStateOperation<?>> operations = new ArrayList<>();
        operations.add(new TransactionalStateOperation<>(OperationType.UPSERT, state(key, value, timeToLive)));
        deleted.forEach(other ->
                operations.add(new TransactionalStateOperation<>(OperationType.DELETE, new State<byte[]>(other))));
        await("writing " + key, dapr.executeStateTransaction(store, operations));
    }

    private static State<byte[]> state(String key, String value, Duration timeToLive) {
        return new State<>(key, value.getBytes(StandardCharsets.UTF_8), null, metadata(timeToLive), LAST_WRITE);
    }

    private static Map<String, String> metadata(Duration timeToLive) {
        return Map.of("ttlInSeconds", Long.toString(timeToLive.toSeconds()));
    }

    private <T> @Nullable T await(String what, Mono<T> call) {
        try {
            return call.timeout(timeout).block();
        } catch (RuntimeException e) {
            throw silent(what, e);
        }
    }

    private StateStoreException silent(String what, RuntimeException cause) {
        return new StateStoreException("state store '" + store + "' failed " + what + ": " + cause.getMessage(), cause);
    }

    private static Versioned versioned(State<byte[]> state) {
        byte[] value = state.getValue();
        if (value == null || value.length == 0) {
            return Versioned.ABSENT;
        }
        return new Versioned(new String(value, StandardCharsets.UTF_8), state.getEtag());
    }
}
