package dev.tidings.workers.runtime;

import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads payloads into records, and holds them to what the records promise about null. */
final class Payloads {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Payloads() {}

    /** @throws MalformedPayloadException if the data is not what the type demands */
    static <T> T read(JsonNode data, Class<T> type) {
        if (type.isInstance(data)) {
            return type.cast(data);
        }
        T payload;
        try {
            payload = JSON.treeToValue(data, type);
        } catch (DatabindException e) {
            String where = e.getPath().stream()
                    .map(step -> String.valueOf(step.getPropertyName()))
                    .reduce((outer, inner) -> outer + "." + inner)
                    .orElse("");
            throw new MalformedPayloadException("its payload is malformed at '%s'".formatted(where));
        } catch (JacksonException e) {
            throw new MalformedPayloadException("its payload is malformed: " + e.getOriginalMessage());
        }
        requireComplete(payload, "");
        return payload;
    }

    private static void requireComplete(Object value, String path) {
        if (!(value instanceof Record)) {
            return;
        }
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object part = valueOf(component, value);
            String name = path + component.getName();
            if (part != null) {
                requireComplete(part, name + ".");
            } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                throw new MalformedPayloadException("its payload has no '%s'".formatted(name));
            }
        }
    }

    private static @Nullable Object valueOf(RecordComponent component, Object value) {
        try {
            component.getAccessor().setAccessible(true); // a worker's own record may be package-private
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record has readable components", e);
        }
    }
}
