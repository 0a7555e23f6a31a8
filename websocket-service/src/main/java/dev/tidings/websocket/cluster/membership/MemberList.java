package dev.tidings.websocket.cluster.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The list of replicas, as it lies under one key of the state store.
 *
 * @param epoch random, made with the list: an emptied store begins another one
 * @param version raised with every write, so that of two overlapping reads of an epoch the older one can be told
 */
public record MemberList(String epoch, long version, List<Member> members) {
    public static final String KEY = "cluster:members";
    private static final JsonMapper JSON = JsonMapper.shared();

    public MemberList {
        members = List.copyOf(members);
    }

    /** Reads the stored text; a missing or unreadable one is an empty list of a new epoch. */
    public static MemberList parse(@Nullable String stored) {
        if (stored != null) {
            try {
                return JSON.readValue(stored, MemberList.class);
            } catch (JacksonException | NullPointerException e) {
                // Foreign or broken: replaced by the next heartbeat, as if the store had been emptied.
            }
        }
        return new MemberList(UUID.randomUUID().toString(), 0, List.of());
    }

    public String toJson() {
        return JSON.writeValueAsString(this);
    }

    @Nullable
    Member find(String boot) {
        return members.stream().filter(m -> m.boot().equals(boot)).findFirst().orElse(null);
    }

    /** The next version of the list: with {@code self}, without {@code former}, and of the others those that stay. */
    MemberList renewed(Member self, String former, Predicate<String> stays) {
        List<Member> next = new ArrayList<>();
        for (Member member : members) {
            boolean own = member.boot().equals(self.boot()) || member.boot().equals(former);
            if (!own && stays.test(member.boot())) {
                next.add(member);
            }
        }
        next.add(self);
        return new MemberList(epoch, version + 1, next);
    }

    MemberList without(String boot) {
        return new MemberList(
                epoch,
                version + 1,
                members.stream().filter(m -> !m.boot().equals(boot)).toList());
    }
}
