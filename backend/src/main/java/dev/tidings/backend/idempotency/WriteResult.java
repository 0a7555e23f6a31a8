package dev.tidings.backend.idempotency;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The response of a write.
 *
 * @param body serialized as JSON; null for no body
 */
public record WriteResult(
        HttpStatus status, @Nullable URI location, @Nullable Object body) {
    public static WriteResult ok(Object body) {
        return new WriteResult(HttpStatus.OK, null, body);
    }

    public static WriteResult created(URI location, Object body) {
        return new WriteResult(HttpStatus.CREATED, location, body);
    }

    public static WriteResult noContent() {
        return new WriteResult(HttpStatus.NO_CONTENT, null, null);
    }
}
