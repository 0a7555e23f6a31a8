package dev.tidings.websocket.cluster.registry;

import dev.tidings.websocket.cluster.membership.ClusterTiming;
import org.jspecify.annotations.Nullable;

/**
 * The registration of one stream by this replica: the wanted state and the last known written state. Immutable; times are
 * nanoseconds of the monotonic clock.
 *
 * @param open whether connections follow the stream here
 * @param closedAt when the last connection closed; used while not open
 * @param writtenAs the incarnation of the last write that began, so the store may contain it; null if there is none
 * @param certain whether that write is known to have succeeded and not known to be lost since
 * @param writtenAt when it succeeded
 * @param checkedAt when the entry was last compared with the store
 */
record Registration(
        boolean open, long closedAt, @Nullable String writtenAs, boolean certain, long writtenAt, long checkedAt) {

    /** The next action for a stream. */
    enum RegistrationAction {
        /** The entry is as wanted. */
        NONE,
        /** This replica must be added to the entry. */
        REGISTER,
        /** This replica may be in the entry and must be removed. */
        UNREGISTER,
        /** This replica is not in the entry and has no connections: the registration can be dropped. */
        FORGET
    }

    static Registration opened(long now) {
        return new Registration(true, 0, null, false, 0, now);
    }

    Registration reopened() {
        return new Registration(true, 0, writtenAs, certain, writtenAt, checkedAt);
    }

    Registration closed(long now) {
        return new Registration(false, now, writtenAs, certain, writtenAt, checkedAt);
    }

    Registration writing(String incarnation) {
        return new Registration(open, closedAt, incarnation, false, writtenAt, checkedAt);
    }

    Registration written(String incarnation, long now) {
        return new Registration(open, closedAt, incarnation, true, now, now);
    }

    Registration removed() {
        return new Registration(open, closedAt, null, false, writtenAt, checkedAt);
    }

    /** Returns the registration after a comparison with the entry. */
    Registration checked(boolean present, long now) {
        return new Registration(open, closedAt, writtenAs, certain && present, writtenAt, now);
    }

    boolean isRegisteredAs(String incarnation) {
        return certain && incarnation.equals(writtenAs);
    }

    RegistrationAction next(String incarnation, long now, ClusterTiming timing) {
        if (open) {
            boolean renew = now - writtenAt > timing.entryTtl().toNanos() / 2;
            return isRegisteredAs(incarnation) && !renew ? RegistrationAction.NONE : RegistrationAction.REGISTER;
        }
        if (!incarnation.equals(writtenAs)) {
            return RegistrationAction.FORGET;
        }
        return now - closedAt < timing.unregisterDelay().toNanos()
                ? RegistrationAction.NONE
                : RegistrationAction.UNREGISTER;
    }
}
