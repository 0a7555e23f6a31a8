package dev.tidings.workers.runtime;

import dev.tidings.events.EventType;
import dev.tidings.sidecar.CloudEventReader;
import dev.tidings.sidecar.EventNames;
import dev.tidings.sidecar.ReceivedEvent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks of received events that hold for every handler. Pure functions. */
final class EventCheck {
    private EventCheck() {}

    /**
     * Returns why no handler can process the event; null if one may.
     *
     * @param isTaken whether a handler takes its type
     */
    static @Nullable String fault(ReceivedEvent event, boolean isTaken) {
        if (event.fault() != null) {
            return event.fault().detail();
        }
        if (event.attribute("type") == null) {
            return CloudEventReader.notAName("type");
        }
        if (!event.envelope().path("specversion").asString("").equals("1.0")) {
            return "it is not a CloudEvent of version 1.0";
        }
        JsonNode data = event.data();
        if (!data.isObject()) {
            return "its data is %s, not a JSON object".formatted(data.isMissingNode() ? "missing" : data.getNodeType());
        }
        if (data.hasNonNull("correlationId") && event.correlationId() == null) {
            return "its correlationId is not 1 to %d characters".formatted(EventNames.MAX_CHARS);
        }
        if (!isTaken && !isOf(event.type(), event.topic())) {
            return "no event type of topic %s is named '%s'".formatted(event.topic(), event.type());
        }
        return unknownVersion(event.type(), data);
    }

    /** Returns whether that is a type of the topic. */
    static boolean isOf(String type, String topic) {
        return EventType.find(type)
                .filter(known -> known.topic().wireName().equals(topic))
                .isPresent();
    }

    /** Versions only add fields; a version that breaks readers would have another number. Some types count their entity's changes there. */
    private static @Nullable String unknownVersion(String type, JsonNode data) {
        JsonNode version = data.path("version");
        if (version.isMissingNode() || version.isNull() || version.asString("").equals("1")) {
            return null;
        }
        boolean isOfTheEntity = EventType.find(type).stream()
                .flatMap(known -> Arrays.stream(known.payload().getRecordComponents()))
                .anyMatch(component -> component.getName().equals("version"));
        return isOfTheEntity
                ? null
                : "version %.40s of %s is unknown here; version 1 is known".formatted(version.toString(), type);
    }
}
