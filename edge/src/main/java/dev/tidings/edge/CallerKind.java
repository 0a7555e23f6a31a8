package dev.tidings.edge;

/** The kinds of callers, each with limits of its own. */
public enum CallerKind {
    /** Sent no valid token. */
    ANONYMOUS,
    /** Sent a valid token. */
    USER,
    /** Sent the secret of the own sidecar or of a peer. */
    TRUSTED
}
