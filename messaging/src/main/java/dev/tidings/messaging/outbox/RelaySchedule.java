package dev.tidings.messaging.outbox;

import dev.tidings.messaging.publishing.OutgoingEvent;
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
 * Decides what is sent next: the relay's memory of what went wrong, without any I/O. Used by the relay's thread only.
 *
 * <p>A lane is <i>healthy</i>, or <i>on trial</i> after its event was refused. Healthy lanes of a topic share bulks; a lane on
 * trial has its first event sent alone when its backoff is over, and is healthy again when that works.
 *
 * <p>A topic has a window, the largest bulk it is sent. A bulk that fails as a whole does not say whose fault it is (Dapr
 * answers one error for all), so the window is halved until the event at fault is alone, and doubles with each success.
 * When single events of different lanes fail one after the other, or nobody takes the call, the fault is not theirs: the
 * topic pauses, ever longer, and at its first success the lanes on trial are tried at once.
 */
final class RelaySchedule {
    /** More lanes on trial than these are not remembered: then the topic's pause alone holds the trouble down. */
    private static final int MAX_TRIALS = 10_000;

    private final int fullWindow;
    private final Backoff laneBackoff;
    private final Backoff topicBackoff;
    private final RandomGenerator random;
    private final Map<String, TopicState> topics = new HashMap<>();
    private final Map<OrderingKey, Pause> trials = new HashMap<>();

    /** So often in a row, and not to be tried before then. */
    private record Pause(int failures, Instant until) {
        boolean isOver(Instant now) {
            return !until.isAfter(now);
        }
    }

    private record TopicState(int window, Pause pause) {}

    RelaySchedule(int fullWindow, Backoff laneBackoff, Backoff topicBackoff, RandomGenerator random) {
        this.fullWindow = fullWindow;
        this.laneBackoff = laneBackoff;
        this.topicBackoff = topicBackoff;
        this.random = random;
    }

    /** Topics of which nothing may be sent now. */
    Set<String> pausedTopics(Instant now) {
        return topics.entrySet().stream()
                .filter(topic -> !topic.getValue().pause().isOver(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Lanes of which nothing may be sent now. */
    Set<OrderingKey> waitingLanes(Instant now) {
        return trials.entrySet().stream()
                .filter(lane -> !lane.getValue().isOver(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    int lanesOnTrial() {
        return trials.size();
    }

    /** When the next pause ends, if there is any. */
    Optional<Instant> nextDue(Instant now) {
        return Stream.concat(topics.values().stream().map(TopicState::pause), trials.values().stream())
                .map(Pause::until)
                .filter(until -> until.isAfter(now))
                .min(Instant::compareTo);
    }

    /**
     * What to send of these events, in this order: per topic a bulk of the healthy lanes, and one trial.
     *
     * @param waiting oldest first
     */
    List<Bulk> plan(List<OutgoingEvent> waiting, Instant now) {
        Map<String, List<OutgoingEvent>> bulks = new LinkedHashMap<>();
        Map<String, OutgoingEvent> oneTrial = new LinkedHashMap<>();
        for (OutgoingEvent event : waiting) {
            Pause onTrial = trials.get(OrderingKey.of(event));
            if (!topic(event.topic()).pause().isOver(now) || (onTrial != null && !onTrial.isOver(now))) {
                continue;
            }
            if (onTrial != null) {
                oneTrial.putIfAbsent(event.topic(), event);
            } else {
                List<OutgoingEvent> bulk = bulks.computeIfAbsent(event.topic(), topic -> new ArrayList<>());
                if (bulk.size() < topic(event.topic()).window()) {
                    bulk.add(event);
                }
            }
        }
        List<Bulk> plan = new ArrayList<>();
        bulks.forEach((topic, events) -> plan.add(new Bulk(topic, List.copyOf(events), false)));
        oneTrial.forEach((topic, event) -> plan.add(new Bulk(topic, List.of(event), true)));
        return plan;
    }

    /** The bus has all of it. */
    void published(Bulk shipment) {
        if (shipment.trial()) {
            trials.remove(OrderingKey.of(shipment.events().getFirst()));
        }
        recovered(shipment);
    }

    /** The bus has all but these. */
    void refused(Bulk shipment, Set<UUID> ids, Instant now) {
        shipment.events().stream()
                .filter(event -> ids.contains(event.id()))
                .map(OrderingKey::of)
                .distinct()
                .forEach(lane -> putOnTrial(lane, now));
        if (ids.size() < shipment.events().size()) {
            recovered(shipment);
        }
    }

    /** The call failed, and some event in it may be the reason. */
    void failed(Bulk shipment, Instant now) {
        TopicState topic = topic(shipment.topic());
        int size = shipment.events().size();
        if (size > 1) {
            topics.put(shipment.topic(), new TopicState(size / 2, topic.pause()));
            return;
        }
        putOnTrial(OrderingKey.of(shipment.events().getFirst()), now);
        if (!shipment.trial()) {
            int failures = topic.pause().failures() + 1;
            Duration delay = failures == 1 ? Duration.ZERO : topicBackoff.delay(failures - 1, random);
            topics.put(shipment.topic(), new TopicState(topic.window(), new Pause(failures, now.plus(delay))));
        }
    }

    /** Nobody took the call: no event is to blame. Returns how often this happened in a row. */
    int unreachable(Bulk shipment, Instant now) {
        TopicState topic = topic(shipment.topic());
        int failures = topic.pause().failures() + 1;
        Instant until = now.plus(topicBackoff.delay(failures, random));
        topics.put(shipment.topic(), new TopicState(topic.window(), new Pause(failures, until)));
        return failures;
    }

    /** Forgets lanes that are another relay's business now. */
    void keepOnly(Set<Integer> slots) {
        trials.keySet().removeIf(lane -> !slots.contains(Slots.of(lane.key())));
    }

    /** Forgets lanes on trial of which nothing waits any more: an operator removed it. */
    void forgetAllBut(Collection<OutgoingEvent> everythingDue, Instant now) {
        Set<OrderingKey> due = everythingDue.stream().map(OrderingKey::of).collect(Collectors.toSet());
        Set<String> paused = pausedTopics(now);
        trials.entrySet()
                .removeIf(lane -> lane.getValue().isOver(now)
                        && !paused.contains(lane.getKey().topic())
                        && !due.contains(lane.getKey()));
    }

    private void putOnTrial(OrderingKey lane, Instant now) {
        Pause before = trials.get(lane);
        if (before == null && trials.size() >= MAX_TRIALS) {
            return;
        }
        int failures = before == null ? 1 : before.failures() + 1;
        trials.put(lane, new Pause(failures, now.plus(laneBackoff.delay(failures, random))));
    }

    private void recovered(Bulk shipment) {
        TopicState topic = topic(shipment.topic());
        if (topic.pause().failures() > 1) {
            trials.replaceAll((lane, before) ->
                    lane.topic().equals(shipment.topic()) ? new Pause(before.failures(), Instant.MIN) : before);
        }
        int window = Math.min(fullWindow, topic.window() * 2);
        if (window == fullWindow) {
            topics.remove(shipment.topic());
        } else {
            topics.put(shipment.topic(), new TopicState(window, new Pause(0, Instant.MIN)));
        }
    }

    private TopicState topic(String name) {
        return topics.getOrDefault(name, new TopicState(fullWindow, new Pause(0, Instant.MIN)));
    }
}
