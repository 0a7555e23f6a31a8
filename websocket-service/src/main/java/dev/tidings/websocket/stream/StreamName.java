package dev.tidings.websocket.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The name of a stream: {@code user:<id>} or {@code role:<role>}.
 *
 * @param value the whole name
 */
public record StreamName(String value) implements Comparable<StreamName> {
    private static final String USER = "user:";
    private static final String ROLE = "role:";

    public StreamName {
        if (!(value.startsWith(USER) && value.length() > USER.length())
                && !(value.startsWith(ROLE) && value.length() > ROLE.length())) {
            throw new IllegalArgumentException("a stream is named 'user:<id>' or 'role:<role>', not '" + value + "'");
        }
    }

    /** Returns the stream of one user. */
    public static StreamName ofUser(String userId) {
        return new StreamName(USER + userId);
    }

    /** Returns the stream of a role. */
    public static StreamName ofRole(String role) {
        return new StreamName(ROLE + role);
    }

    /** Returns all streams of a user: the own stream and the stream of the role. */
    public static List<StreamName> allOf(String userId, String role) {
        return List.of(ofUser(userId), ofRole(role));
    }

    public boolean isUser() {
        return value.startsWith(USER);
    }

    /** Returns the user id or the role. */
    public String owner() {
        return value.substring(USER.length());
    }

    /**
     * Returns the first 64 bits of the SHA-256 of the name. It identifies a stream in a cursor without exposing a user id. A
     * connection has two streams, so collisions are not a concern.
     */
    public long hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public int compareTo(StreamName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
