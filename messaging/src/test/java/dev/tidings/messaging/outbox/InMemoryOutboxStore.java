package dev.tidings.messaging.outbox;

import dev.tidings.sidecar.OutgoingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** An outbox without a database; passes the same contract as the real one. */
final class InMemoryOutboxStore implements OutboxStore {
    private record Holding(UUID relay, Instant until) {}

    final Map<UUID, OutgoingEvent> events = new LinkedHashMap<>();
    final Set<UUID> published = new HashSet<>();
    final Map<UUID, String> reasons = new HashMap<>();
    private final Map<UUID, Instant> alive = new HashMap<>();
    private final Map<Integer, Holding> slots = new TreeMap<>();
    private final InstantSource clock;

    InMemoryOutboxStore(InstantSource clock) {
        this.clock = clock;
    }

    void append(OutgoingEvent event) {
        events.put(event.id(), event);
    }

    List<OutgoingEvent> unsent() {
        return events.values().stream()
                .filter(event -> !published.contains(event.id()))
                .toList();
    }

    @Override
    public Set<Integer> lease(UUID relay, Duration duration) {
        Instant now = clock.instant();
        alive.put(relay, now.plus(duration));
        alive.values().removeIf(until -> until.isBefore(now));
        int share = Slots.fairShare(alive.size());
        Set<Integer> held = new TreeSet<>();
        for (int slot = 0; slot < Slots.COUNT; slot++) {
            Holding holding = slots.get(slot);
            if (holding != null && holding.relay().equals(relay)) {
                if (held.size() < share) {
                    held.add(slot);
                } else {
                    slots.remove(slot);
                }
            }
        }
        int had = held.size();
        for (int slot = 0; slot < Slots.COUNT && held.size() < share && had < share; slot++) {
            Holding holding = slots.get(slot);
            if (holding == null || holding.until().isBefore(now)) {
                held.add(slot);
            }
        }
        held.forEach(slot -> slots.put(slot, new Holding(relay, now.plus(duration))));
        return held;
    }

    @Override
    public void release(UUID relay) {
        slots.values().removeIf(holding -> holding.relay().equals(relay));
        alive.remove(relay);
    }

    @Override
    public List<OutgoingEvent> waiting(Selection selection) {
        List<OutgoingEvent> found = new ArrayList<>();
        int bytes = 0;
        for (OutgoingEvent event : unsent()) {
            if (!selection.slots().contains(Slots.of(event.key()))
                    || selection.exceptTopics().contains(event.topic())
                    || selection.exceptKeys().contains(OrderingKey.of(event))) {
                continue;
            }
            if (found.size() == selection.limit() || bytes >= selection.maxBytes()) {
                break;
            }
            found.add(event);
            bytes += event.payload().getBytes(StandardCharsets.UTF_8).length;
        }
        return found;
    }

    @Override
    public void markPublished(Collection<UUID> ids) {
        published.addAll(ids);
    }

    @Override
    public void recordRejection(Map<UUID, String> reasonById) {
        reasons.putAll(reasonById);
    }
}
