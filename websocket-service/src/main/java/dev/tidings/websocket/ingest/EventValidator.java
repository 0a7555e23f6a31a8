package dev.tidings.websocket.ingest;

import dev.tidings.events.UserId;
import dev.tidings.sidecar.CloudEventReader;
import dev.tidings.sidecar.ReceivedEvent;
import dev.tidings.sidecar.tracing.EventSpans;
import dev.tidings.websocket.ingest.RejectedEvent.Reason;
import dev.tidings.websocket.ingest.ValidationResult.Deliverable;
import dev.tidings.websocket.ingest.ValidationResult.NotPushed;
import dev.tidings.websocket.ingest.ValidationResult.Undeliverable;
import dev.tidings.websocket.stream.NewEvent;
import dev.tidings.websocket.stream.StreamName;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Decides whether an event is delivered, and to whom: a pure function of the event, its topic's route and the limits. */
@Component
class EventValidator {
    /** The longest event type, in code points. */
    private static final int MAX_EVENT_TYPE = 128;

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Logger log = LoggerFactory.getLogger(EventValidator.class);

    /** Ends the validation of one event. */
    private static final class InvalidEventException extends Exception {
        private static final long serialVersionUID = 1L;

        final Reason reason;

        InvalidEventException(Reason reason, String detail) {
            super(detail, null, false, false);
            this.reason = reason;
        }

        String detail() {
            return String.valueOf(getMessage());
        }
    }

    private final IngestSettings limits;

    EventValidator(IngestSettings limits) {
        this.limits = limits;
    }

    ValidationResult validate(Route route, ReceivedEvent event) {
        try {
            refuseUnreadable(event);
            return validated(route, event);
        } catch (InvalidEventException refusal) {
            JsonNode known =
                    event.envelope().isMissingNode() ? CloudEventReader.beginningOf(event.bytes()) : event.envelope();
            return new Undeliverable(new RejectedEvent(
                    route.topic(),
                    text(known, "source"),
                    text(known, "id"),
                    refusal.reason,
                    refusal.detail(),
                    event.bytes()));
        } catch (RuntimeException e) {
            // A bug here must not stop the topic's partition for ever.
            log.error("An event of {} cannot be validated because of a bug and is quarantined", route.topic(), e);
            return new Undeliverable(
                    new RejectedEvent(route.topic(), null, null, Reason.UNREADABLE, String.valueOf(e), event.bytes()));
        }
    }

    private void refuseUnreadable(ReceivedEvent event) throws InvalidEventException {
        int size = event.bytes().length;
        if (size > limits.maxEventBytes()) {
            throw new InvalidEventException(
                    Reason.TOO_LARGE,
                    "it has %d bytes, at most %d are accepted".formatted(size, limits.maxEventBytes()));
        }
        ReceivedEvent.RecordFault fault = event.fault();
        if (fault != null) {
            throw new InvalidEventException(Reason.valueOf(fault.kind().name()), fault.detail());
        }
        if (isDeeperThan(limits.maxDepth(), event.envelope())) {
            throw new InvalidEventException(
                    Reason.TOO_DEEP, "it nests deeper than %d levels".formatted(limits.maxDepth()));
        }
    }

    private static boolean isDeeperThan(int levels, JsonNode node) {
        if (!node.isContainer()) {
            return false;
        }
        if (levels == 0) {
            return true;
        }
        for (JsonNode child : node.values()) {
            if (isDeeperThan(levels - 1, child)) {
                return true;
            }
        }
        return false;
    }

    private ValidationResult validated(Route route, ReceivedEvent received) throws InvalidEventException {
        if (!route.mayPublish(received.source())) {
            throw new InvalidEventException(
                    Reason.SOURCE_NOT_ALLOWED, "publishers of this topic are " + route.publishers());
        }
        JsonNode data = received.data();
        if (!data.isObject()) {
            throw new InvalidEventException(
                    Reason.FOREIGN_SHAPE,
                    "data is %s, not a JSON object; publish with content type application/json"
                            .formatted(data.isMissingNode() ? "missing" : data.getNodeType()));
        }
        refuseNul(data);
        refuseUnstorable(data);
        String type = eventType(route, received.envelope(), data);
        if (!route.pushes(type)) {
            return new NotPushed(type);
        }
        Set<String> recipients = recipients(route, data);
        NewEvent event = new NewEvent(
                received.source(),
                received.id(),
                type,
                route.messageTypeOf(type),
                JSON.writeValueAsString(data),
                streams(route, type, recipients),
                recipients,
                EventSpans.isSampled(received.traceparent()) ? received.traceparent() : null);
        return new Deliverable(event, received.time(), received.bytes());
    }

    private static @Nullable String text(JsonNode envelope, String field) {
        JsonNode node = envelope.path(field);
        return node.isString() ? node.stringValue() : null;
    }

    private static String eventType(Route route, JsonNode envelope, JsonNode data) throws InvalidEventException {
        String type = null;
        for (JsonPointer pointer : route.eventType()) {
            if (data.at(pointer).isString()) {
                type = data.at(pointer).stringValue();
                break;
            }
        }
        if (type == null) {
            type = text(envelope, "type");
        }
        if (type == null) {
            type = route.topic();
        }
        if (!isName(type, MAX_EVENT_TYPE)) {
            throw new InvalidEventException(
                    Reason.INVALID_ID, "its event type is not 1 to " + MAX_EVENT_TYPE + " plain characters");
        }
        return type;
    }

    private Set<String> recipients(Route route, JsonNode data) throws InvalidEventException {
        Set<String> recipients = new LinkedHashSet<>();
        for (JsonPointer pointer : route.recipients()) {
            JsonNode found = data.at(pointer);
            for (JsonNode id : found.isArray() ? found.values() : Set.of(found)) {
                if (id.isMissingNode() || id.isNull()) {
                    continue;
                }
                String complaint = id.isString() ? UserId.complaint(id.stringValue()) : "is no string";
                if (!complaint.isEmpty()) {
                    throw new InvalidEventException(
                            Reason.INVALID_ID, "%s is not a user id: it %s".formatted(pointer, complaint));
                }
                recipients.add(id.stringValue());
            }
        }
        if (recipients.size() > limits.maxRecipients()) {
            throw new InvalidEventException(
                    Reason.TOO_LARGE,
                    "it names %d users, at most %d are accepted".formatted(recipients.size(), limits.maxRecipients()));
        }
        return recipients;
    }

    private static TreeSet<StreamName> streams(Route route, String type, Set<String> recipients)
            throws InvalidEventException {
        TreeSet<StreamName> streams = new TreeSet<>();
        recipients.forEach(id -> streams.add(StreamName.ofUser(id)));
        if (recipients.isEmpty()) {
            String role = route.roleAddresses().get(type);
            if (role == null) {
                throw new InvalidEventException(
                        Reason.NO_RECIPIENT,
                        "none of %s names a user, and %s is addressed to no role".formatted(route.recipients(), type));
            }
            streams.add(StreamName.ofRole(role));
        }
        if (route.alsoRole() != null) {
            streams.add(StreamName.ofRole(route.alsoRole()));
        }
        return streams;
    }

    private static boolean isName(String text, int maxLength) {
        return !text.isBlank()
                && text.codePointCount(0, text.length()) <= maxLength
                && text.codePoints().noneMatch(EventValidator::isUnprintable);
    }

    private static boolean isUnprintable(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }

    private void refuseUnstorable(JsonNode data) throws InvalidEventException {
        if (!StoredSize.hasStorableNumbers(data)) {
            throw new InvalidEventException(
                    Reason.NUMBER_OUT_OF_RANGE,
                    "a number has more than 131072 digits before or 16383 after the decimal point");
        }
        long size = StoredSize.of(data);
        if (size > limits.maxEventBytes()) {
            throw new InvalidEventException(
                    Reason.TOO_LARGE,
                    "its data has %d bytes with all digits written out, at most %d are accepted"
                            .formatted(size, limits.maxEventBytes()));
        }
    }

    private static void refuseNul(JsonNode node) throws InvalidEventException {
        if (node.isString() && node.stringValue().indexOf('\0') >= 0) {
            throw new InvalidEventException(Reason.NUL_CHARACTER, "a text holds the character NUL");
        }
        for (String name : node.propertyNames()) {
            if (name.indexOf('\0') >= 0) {
                throw new InvalidEventException(Reason.NUL_CHARACTER, "a field's name holds the character NUL");
            }
        }
        for (JsonNode child : node.values()) {
            refuseNul(child);
        }
    }
}
