package dev.tidings.backend.overview;

import java.time.Duration;

/**
 * The limits by which the overview colours a step. They are those of the alerts in the chart ({@code monitoring.yaml}); {@code
 * ConsoleLimitsTest} of the module {@code charts} compares names, severities and values.
 *
 * @param within the longest time that a step may take
 */
record AlertLimits(Duration within) {
    /** For so long a consumer may take nothing while events wait (steps of 10 s). */
    static final int STALLED_STEPS = 3;

    /** For so long published events may not be logged (steps of 10 s): two minutes. */
    static final int UNLOGGED_STEPS = 12;

    /** For so long a dead letter or a quarantined event keeps the warning (steps of 10 s): fifteen minutes. */
    static final int FAILED_STEPS = 90;

    /** The alert that would fire, or fires. */
    enum Alert {
        EVENTS_WAIT_IN_THE_OUTBOX("TidingsEventsWaitInTheOutbox", Severity.CRITICAL),
        EVENTS_ARE_NOT_LOGGED("TidingsEventsAreNotLogged", Severity.CRITICAL),
        EVENTS_ARE_LOGGED_LATE("TidingsEventsAreLoggedLate", Severity.CRITICAL),
        SCREENS_ARE_UPDATED_LATE("TidingsScreensAreUpdatedLate", Severity.CRITICAL),
        WORKER_IS_BEHIND("TidingsWorkerIsBehind", Severity.WARNING),
        SERVICE_IS_DOWN("TidingsServiceIsDown", Severity.CRITICAL),
        DEAD_LETTER("TidingsDeadLetter", Severity.WARNING),
        EVENTS_ARE_QUARANTINED("TidingsEventsAreQuarantined", Severity.WARNING);

        final String wireName;
        final Severity severity;

        Alert(String wireName, Severity severity) {
            this.wireName = wireName;
            this.severity = severity;
        }
    }

    enum Severity {
        OK("ok"),
        WARNING("warning"),
        CRITICAL("critical");

        final String wireName;

        Severity(String wireName) {
            this.wireName = wireName;
        }
    }

    boolean isExceeded(double millis) {
        return millis > within.toMillis();
    }
}
