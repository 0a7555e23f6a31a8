package dev.tidings.backend.journeys;

import dev.tidings.events.EventType;
import dev.tidings.topology.App;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What belongs together: the events of one payment, order or task.
 *
 * @param kind payment, order, task, notification or correlation
 * @param id of the payment, order or task; the correlation id otherwise
 * @param owner the user whom it concerns; null if no event names one
 * @param state of the business, such as the status of the payment; empty if it is unknown
 * @param waitsFor why the purchase waits for a trainer; null if it does not
 * @param events oldest first
 */
record Flow(
        String kind,
        String id,
        @Nullable String owner,
        String state,
        @Nullable String waitsFor,
        List<FlowEvent> events) {
    /** @param publisher CloudEvent source */
    record FlowEvent(String id, String publisher, String type, String topic, Instant at) {}

    /** Returns the event that a worker or the backend published this one for, as the topology says. */
    Optional<FlowEvent> causeOf(FlowEvent event) {
        return events.stream()
                .filter(other -> !other.at().isAfter(event.at()) && causes(other, event))
                .max(Comparator.comparing(FlowEvent::at));
    }

    List<FlowEvent> causedBy(FlowEvent event) {
        return events.stream()
                .filter(other -> causeOf(other).filter(event::equals).isPresent())
                .toList();
    }

    private static boolean causes(FlowEvent cause, FlowEvent effect) {
        Optional<EventType> type = EventType.find(cause.type());
        if (type.isEmpty() || cause.id().equals(effect.id())) {
            return false;
        }
        // The allocation worker lets the backend do it.
        if (effect.publisher().equals(App.BACKEND.id())) {
            return (effect.type().equals(EventType.TRAINER_ALLOCATED.wireName())
                            && type.get() == EventType.PURCHASE_CREATED)
                    || (effect.type().equals(EventType.SESSIONS_GENERATED.wireName())
                            && type.get() == EventType.TRAINER_ALLOCATED);
        }
        return App.workers().stream()
                .filter(worker -> worker.id().equals(effect.publisher()))
                .anyMatch(worker -> worker.handledTypes().contains(type.get()));
    }

    /** Returns the smallest UUIDv7 of a time. */
    static UUID smallestId(Instant time) {
        return new UUID(time.toEpochMilli() << 16 | 0x7000, 0x8000_0000_0000_0000L);
    }

    /** Returns the time in a UUIDv7; empty for other ids. */
    static Optional<Instant> timeOf(UUID id) {
        return id.version() == 7
                ? Optional.of(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16))
                : Optional.empty();
    }
}
