package dev.tidings.edge;

/** How much the edge knows about a caller; each standing has places of its own. */
public enum CallerKind {
    /** Showed no proof, or one that is not valid. */
    ANONYMOUS,
    /** Showed a valid token. */
    USER,
    /** Showed the secret that only the own sidecar, or another replica, knows. */
    TRUSTED
}
