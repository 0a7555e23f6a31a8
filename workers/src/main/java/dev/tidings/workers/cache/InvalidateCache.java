package dev.tidings.workers.cache;

import dev.tidings.events.EventType;
import dev.tidings.sidecar.state.StateStoreException;
import dev.tidings.studentcache.Screen;
import dev.tidings.studentcache.StudentCache;
import dev.tidings.workers.runtime.CallingHandler;
import dev.tidings.workers.runtime.Delivery;
import dev.tidings.workers.runtime.ForWorker;
import dev.tidings.workers.runtime.HandlerResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Invalidates the cached screens of the student of an event. */
@Component
@ForWorker("cache-worker")
class InvalidateCache implements CallingHandler<InvalidateCache.StudentEvent> {
    private static final Logger log = LoggerFactory.getLogger(InvalidateCache.class);
    private static final Set<String> TYPES = Set.of(
            EventType.PURCHASE_CREATED.wireName(),
            EventType.TRAINER_ALLOCATED.wireName(),
            EventType.SESSIONS_GENERATED.wireName());

    private final StudentCache cache;
    private final InvalidationMetrics metrics;

    InvalidateCache(StudentCache cache, InvalidationMetrics metrics) {
        this.cache = cache;
        this.metrics = metrics;
    }

    /** The field that the events have in common. */
    record StudentEvent(String studentId) {}

    @Override
    public boolean takes(String type) {
        return TYPES.contains(type);
    }

    @Override
    public Class<StudentEvent> payload() {
        return StudentEvent.class;
    }

    @Override
    public HandlerResult call(Delivery<StudentEvent> delivery) {
        String studentId = delivery.payload().studentId();
        long start = System.nanoTime();
        Set<String> existed;
        try {
            existed = cache.invalidate(studentId);
        } catch (StateStoreException e) {
            metrics.failed(delivery.event().type());
            return HandlerResult.transientFailure(String.valueOf(e.getMessage()));
        }
        metrics.invalidated(delivery.event().type(), delivery.event().timeOrArrival());
        long durationMs = Duration.ofNanos(System.nanoTime() - start).toMillis();
        for (Screen screen : Screen.values()) {
            String key = screen.key(studentId);
            log.info(
                    "[CacheWorker] Cache INVALIDATED studentId={} cacheKey={} reason={} existedBefore={} durationMs={}",
                    studentId,
                    key,
                    delivery.event().type(),
                    existed.contains(key),
                    durationMs);
        }
        return HandlerResult.DONE;
    }

    /** Does nothing: the inbox marks the events as processed. */
    @Override
    public HandlerResult handle(List<Delivery<StudentEvent>> deliveries) {
        return HandlerResult.DONE;
    }
}
