package dev.tidings.websocket.cluster.registry;

import dev.tidings.websocket.cluster.membership.ClusterTiming;
import org.jspecify.annotations.Nullable;

/**
 * One stream's registration as this replica knows it: what is wanted, and what it believes to have written. Immutable;
 * times are nanoseconds of the steady clock.
 *
 * @param open whether connections follow the stream here
 * @param closedAt when the last one went; counts while not open
 * @param writtenAs the boot id under which a write was last begun, so that it may stand in the store
 * @param certain whether that write is known to have succeeded, and nothing since says it was lost
 * @param writtenAt when it succeeded
 * @param checkedAt when the entry was last compared with the store
 */
record Registration(
        boolean open, long closedAt, @Nullable String writtenAs, boolean certain, long writtenAt, long checkedAt) {

    /** What is to be done about a stream now. */
    enum Step {
        /** The store says what it should. */
        REST,
        /** Our boot id belongs into the entry. */
        REGISTER,
        /** Our boot id may stand in the entry and does not belong there. */
        UNREGISTER,
        /** Nothing of ours is in the store and nobody is here: this registration can be dropped. */
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

    Registration writing(String boot) {
        return new Registration(open, closedAt, boot, false, writtenAt, checkedAt);
    }

    Registration written(String boot, long now) {
        return new Registration(open, closedAt, boot, true, now, now);
    }

    Registration removed() {
        return new Registration(open, closedAt, null, false, writtenAt, checkedAt);
    }

    /** After a comparison with the store. */
    Registration checked(boolean present, long now) {
        return new Registration(open, closedAt, writtenAs, certain && present, writtenAt, now);
    }

    boolean isRegisteredAs(String boot) {
        return certain && boot.equals(writtenAs);
    }

    Step next(String boot, long now, ClusterTiming timing) {
        if (open) {
            boolean renew = now - writtenAt > timing.entryLife().toNanos() / 2;
            return isRegisteredAs(boot) && !renew ? Step.REST : Step.REGISTER;
        }
        if (!boot.equals(writtenAs)) {
            return Step.FORGET;
        }
        return now - closedAt < timing.linger().toNanos() ? Step.REST : Step.UNREGISTER;
    }
}
