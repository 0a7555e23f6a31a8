package dev.tidings.websocket.cluster.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The list of replicas, stored under one key of the state store.
 *
 * @param epoch random id of this list; an emptied store starts a new one
 * @param version incremented with every write, so that the older of two overlapping reads is detected
 */
public record MemberList(String epoch, long version, List<Member> members) {
    public static final String KEY = "cluster:members";
    private static final JsonMapper JSON = JsonMapper.shared();

    public MemberList {
        members = List.copyOf(members);
    }

    /** Parses the stored value. A missing or unreadable value is an empty list of a new epoch. */
    public static MemberList parse(@Nullable String stored) {
        if (stored != null) {
            try {
                return JSON.readValue(stored, MemberList.class);
            } catch (JacksonException | NullPointerException e) {
                // The next heartbeat replaces the value, as if the store had been emptied.
            }
        }
        return new MemberList(UUID.randomUUID().toString(), 0, List.of());
    }

    public String toJson() {
        return JSON.writeValueAsString(this);
    }

    @Nullable
    Member find(String incarnation) {
        return members.stream()
                .filter(m -> m.incarnation().equals(incarnation))
                .findFirst()
                .orElse(null);
    }

    /** Returns the next version of the list: with {@code self}, without {@code former}, and with the others that stay. */
    MemberList renewed(Member self, String former, Predicate<String> stays) {
        List<Member> next = new ArrayList<>();
        for (Member member : members) {
            boolean own = member.incarnation().equals(self.incarnation())
                    || member.incarnation().equals(former);
            if (!own && stays.test(member.incarnation())) {
                next.add(member);
            }
        }
        next.add(self);
        return new MemberList(epoch, version + 1, next);
    }

    MemberList without(String incarnation) {
        return new MemberList(
                epoch,
                version + 1,
                members.stream()
                        .filter(m -> !m.incarnation().equals(incarnation))
                        .toList());
    }
}
