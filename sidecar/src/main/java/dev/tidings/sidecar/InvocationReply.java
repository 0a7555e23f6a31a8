package dev.tidings.sidecar;

/** The result of a call of another app. */
public sealed interface InvocationReply {

    /** The app answered with a status of 200 to 299. */
    record CallSucceeded(String body) implements InvocationReply {}

    /** The call did not succeed. */
    sealed interface Unsuccessful extends InvocationReply {
        /** Returns what the app answered, or why it did not; for logs and operators. */
        String reason();
    }

    /** The app understood the request and declines it (400, 404, 409, 422); the same request would be declined again. */
    record Refused(String reason) implements Unsuccessful {}

    /** The app answered with another status. */
    record CallFailed(String reason) implements Unsuccessful {}

    /** The app did not answer: it, its sidecar or the own sidecar is down or too slow. */
    record AppUnavailable(String reason) implements Unsuccessful {}
}
