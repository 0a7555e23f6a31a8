package dev.tidings.workers.runtime;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
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

    /** The components of a record; none for other classes. Looking them up by reflection costs more than reading an event. */
    private static final ClassValue<List<Component>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
            return type.isRecord()
                    ? Arrays.stream(type.getRecordComponents())
                            .map(Component::of)
                            .toList()
                    : List.of();
        }
    };

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
        for (Component component : COMPONENTS.get(value.getClass())) {
            Object part = component.of(value);
            String name = path + component.name();
            if (part instanceof Record) {
                requireComplete(part, name + ".");
            } else if (part == null && !component.isNullable()) {
                throw new MalformedPayloadException("its payload has no '%s'".formatted(name));
            }
        }
    }

    private record Component(String name, Method accessor, boolean isNullable) {
        static Component of(RecordComponent component) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true); // a worker's own record may be package-private
            return new Component(
                    component.getName(), accessor, component.getAnnotatedType().isAnnotationPresent(Nullable.class));
        }

        @Nullable
        Object of(Object value) {
            try {
                return accessor.invoke(value);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a record has readable components", e);
            }
        }
    }
}
