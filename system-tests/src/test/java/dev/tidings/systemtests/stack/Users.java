package dev.tidings.systemtests.stack;

import java.util.UUID;

/** Users of one test only. */
public final class Users {

    private Users() {}

    public static String named(String name) {
        return name + "-" + UUID.randomUUID();
    }
}
