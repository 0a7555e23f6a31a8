package dev.tidings.systemtests.stack;

import java.time.Duration;
import org.awaitility.Awaitility;

/** How long tests wait for a condition. */
public final class Patience {

    /** The limit is generous because it only decides how long a failure takes. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Patience() {}

    /** Makes it the default of this JVM. */
    public static void setAsDefault() {
        Awaitility.setDefaultTimeout(LIMIT);
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
    }
}
