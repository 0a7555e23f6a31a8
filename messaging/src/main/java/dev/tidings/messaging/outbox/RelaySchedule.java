package dev.tidings.messaging.outbox;

import dev.tidings.retry.Backoff;
import dev.tidings.sidecar.OutgoingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which events are published next, from the results of earlier calls. Does no I/O. Only the relay's thread uses it.
 *
 * <p>An ordering key is <i>healthy</i>, or <i>blocked</i> after its first event was rejected. The healthy keys of a topic share
 * bulks. The first event of a blocked key is retried alone after a backoff; success makes the key healthy again.
 *
 * <p>Each topic has a window, the maximum size of its bulks. Dapr reports one error for a bulk that fails as a whole, so the window
 * is halved until the failing event is alone, and doubled after each success. When single events of different keys fail in
 * a row, or the sidecar does not answer, no event is at fault: the topic waits with backoff, and its first success makes all its
 * blocked keys due.
 */
final class RelaySchedule {
    /** Further blocked keys are not stored; then only the backoff of the topic limits retries. */
    private static final int MAX_BLOCKED_KEYS = 10_000;

    private final int fullWindow;
    private final Backoff keyBackoff;
    private final Backoff topicBackoff;
    private final RandomGenerator random;
    private final Map<String, TopicState> topics = new HashMap<>();
    private final Map<OrderingKey, RetryDelay> blocked = new HashMap<>();

    /** Consecutive failures, and the earliest next attempt. */
    private record RetryDelay(int failures, Instant until) {
        boolean hasEnded(Instant now) {
            return !until.isAfter(now);
        }
    }

    private record TopicState(int window, RetryDelay pause) {}

    RelaySchedule(int fullWindow, Backoff keyBackoff, Backoff topicBackoff, RandomGenerator random) {
        this.fullWindow = fullWindow;
        this.keyBackoff = keyBackoff;
        this.topicBackoff = topicBackoff;
        this.random = random;
    }

    /** Returns the topics that wait for the end of their backoff. */
    Set<String> pausedTopics(Instant now) {
        return topics.entrySet().stream()
                .filter(topic -> !topic.getValue().pause().hasEnded(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Returns the blocked keys that wait for the end of their backoff. */
    Set<OrderingKey> keysInBackoff(Instant now) {
        return blocked.entrySet().stream()
                .filter(key -> !key.getValue().hasEnded(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    int blockedKeys() {
        return blocked.size();
    }

    /** Returns the end of the backoff that ends next, if there is one. */
    Optional<Instant> nextDue(Instant now) {
        return Stream.concat(topics.values().stream().map(TopicState::pause), blocked.values().stream())
                .map(RetryDelay::until)
                .filter(until -> until.isAfter(now))
                .min(Instant::compareTo);
    }

    /**
     * Returns the bulks to publish, in this order: per topic one bulk of healthy keys and one retry of a blocked key.
     *
     * @param waiting unpublished events, oldest first
     */
    List<Bulk> plan(List<OutgoingEvent> waiting, Instant now) {
        Map<String, List<OutgoingEvent>> bulks = new LinkedHashMap<>();
        Map<String, OutgoingEvent> retries = new LinkedHashMap<>();
        for (OutgoingEvent event : waiting) {
            RetryDelay backoff = blocked.get(OrderingKey.of(event));
            if (!topic(event.topic()).pause().hasEnded(now) || (backoff != null && !backoff.hasEnded(now))) {
                continue;
            }
            if (backoff != null) {
                retries.putIfAbsent(event.topic(), event);
            } else {
                List<OutgoingEvent> bulk = bulks.computeIfAbsent(event.topic(), topic -> new ArrayList<>());
                if (bulk.size() < topic(event.topic()).window()) {
                    bulk.add(event);
                }
            }
        }
        List<Bulk> plan = new ArrayList<>();
        bulks.forEach((topic, events) -> plan.add(new Bulk(topic, List.copyOf(events), false)));
        retries.forEach((topic, event) -> plan.add(new Bulk(topic, List.of(event), true)));
        return plan;
    }

    /** The broker has all events of the bulk. */
    void published(Bulk bulk) {
        if (bulk.retry()) {
            blocked.remove(OrderingKey.of(bulk.events().getFirst()));
        }
        recovered(bulk);
    }

    /** The broker has all events except these. */
    void refused(Bulk bulk, Set<UUID> ids, Instant now) {
        bulk.events().stream()
                .filter(event -> ids.contains(event.id()))
                .map(OrderingKey::of)
                .distinct()
                .forEach(key -> block(key, now));
        if (ids.size() < bulk.events().size()) {
            recovered(bulk);
        }
    }

    /** The call failed; one of the events may be the cause. */
    void failed(Bulk bulk, Instant now) {
        TopicState topic = topic(bulk.topic());
        int size = bulk.events().size();
        if (size > 1) {
            topics.put(bulk.topic(), new TopicState(size / 2, topic.pause()));
            return;
        }
        block(OrderingKey.of(bulk.events().getFirst()), now);
        if (!bulk.retry()) {
            int failures = topic.pause().failures() + 1;
            Duration delay = failures == 1 ? Duration.ZERO : topicBackoff.delay(failures - 1, random);
            topics.put(bulk.topic(), new TopicState(topic.window(), new RetryDelay(failures, now.plus(delay))));
        }
    }

    /** The sidecar did not accept the call, so no event is at fault. Returns the number of consecutive failures. */
    int unreachable(Bulk bulk, Instant now) {
        TopicState topic = topic(bulk.topic());
        int failures = topic.pause().failures() + 1;
        Instant until = now.plus(topicBackoff.delay(failures, random));
        topics.put(bulk.topic(), new TopicState(topic.window(), new RetryDelay(failures, until)));
        return failures;
    }

    /** Removes the blocked keys of slots that the relay has lost. */
    void keepOnly(Set<Integer> slots) {
        blocked.keySet().removeIf(key -> !slots.contains(Slots.of(key.key())));
    }

    /** Removes blocked keys without unpublished events: an operator deleted the rows. */
    void forgetAllBut(Collection<OutgoingEvent> everythingDue, Instant now) {
        Set<OrderingKey> due = everythingDue.stream().map(OrderingKey::of).collect(Collectors.toSet());
        Set<String> paused = pausedTopics(now);
        blocked.entrySet()
                .removeIf(key -> key.getValue().hasEnded(now)
                        && !paused.contains(key.getKey().topic())
                        && !due.contains(key.getKey()));
    }

    private void block(OrderingKey key, Instant now) {
        RetryDelay before = blocked.get(key);
        if (before == null && blocked.size() >= MAX_BLOCKED_KEYS) {
            return;
        }
        int failures = before == null ? 1 : before.failures() + 1;
        blocked.put(key, new RetryDelay(failures, now.plus(keyBackoff.delay(failures, random))));
    }

    private void recovered(Bulk bulk) {
        TopicState topic = topic(bulk.topic());
        if (topic.pause().failures() > 1) {
            blocked.replaceAll((key, before) ->
                    key.topic().equals(bulk.topic()) ? new RetryDelay(before.failures(), Instant.MIN) : before);
        }
        int window = Math.min(fullWindow, topic.window() * 2);
        if (window == fullWindow) {
            topics.remove(bulk.topic());
        } else {
            topics.put(bulk.topic(), new TopicState(window, new RetryDelay(0, Instant.MIN)));
        }
    }

    private TopicState topic(String name) {
        return topics.getOrDefault(name, new TopicState(fullWindow, new RetryDelay(0, Instant.MIN)));
    }
}
