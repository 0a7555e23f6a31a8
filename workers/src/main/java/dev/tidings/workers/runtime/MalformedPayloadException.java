package dev.tidings.workers.runtime;

/** No attempt to handle this event can succeed: it is not what its type says it is. */
public final class MalformedPayloadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason continues the event's name to a sentence: "its paymentId is no UUID" */
    public MalformedPayloadException(String reason) {
        super(reason);
    }
}
