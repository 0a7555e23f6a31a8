package dev.tidings.backend.idempotency;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What a write answers.
 *
 * @param body written as JSON; null for no body
 */
public record Answer(
        HttpStatus status, @Nullable URI location, @Nullable Object body) {
    public static Answer ok(Object body) {
        return new Answer(HttpStatus.OK, null, body);
    }

    public static Answer created(URI location, Object body) {
        return new Answer(HttpStatus.CREATED, location, body);
    }

    public static Answer noContent() {
        return new Answer(HttpStatus.NO_CONTENT, null, null);
    }
}
