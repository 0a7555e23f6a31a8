package dev.tidings.systemtests.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * Everything one client received, in order, over one connection or over many. One thread at a time writes it, and any thread reads it.
 */
public final class Ledger {

    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final List<Message> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger eventCount = new AtomicInteger();
    private final AtomicReference<String> cursor = new AtomicReference<>("");

    void add(Message message) {
        if (message.hasCursor()) {
            cursor.set(message.cursor());
        }
        messages.add(message);
        if (message.isEvent()) {
            events.add(message);
            eventCount.incrementAndGet();
        }
    }

    public List<Message> messages() {
        return messages;
    }

    public List<Message> messages(String type) {
        return messages.stream().filter(message -> message.type().equals(type)).toList();
    }

    public List<Message> events() {
        return events;
    }

    public List<String> eventIds() {
        return events.stream().map(Message::id).toList();
    }

    public List<String> titles() {
        return events.stream().map(Message::title).toList();
    }

    /** Of the newest message that had one; empty at first. */
    public String cursor() {
        return cursor.get();
    }

    public Message awaitMessage(String type) {
        return awaitMessage(
                "a message of type " + type, message -> message.type().equals(type));
    }

    public Message awaitMessage(String what, Predicate<Message> wanted) {
        await(what).until(() -> messages.stream().anyMatch(wanted));
        return messages.stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Waits until an event with that title came. */
    public Message awaitTitle(String title) {
        return awaitMessage(
                "an event titled " + title,
                message -> message.isEvent() && message.title().equals(title));
    }

    /** Waits until so many events came, and asserts that none came twice. */
    public Ledger awaitEvents(int count) {
        await("%d events".formatted(count)).until(() -> eventCount.get() >= count);
        assertEachOnce();
        return this;
    }

    /** No event twice, by source and id. */
    public void assertEachOnce() {
        Set<String> seen = new HashSet<>();
        assertThat(events)
                .allSatisfy(event -> assertThat(seen.add(event.key()))
                        .as("%s came once", event.key())
                        .isTrue());
    }

    /** Each of these titles once, in this order, and nothing else. */
    public void assertTitles(List<String> expected) {
        assertEachOnce();
        assertThat(titles()).containsExactlyElementsOf(expected);
    }
}
