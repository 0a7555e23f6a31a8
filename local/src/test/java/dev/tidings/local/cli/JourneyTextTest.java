package dev.tidings.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** R-OP-2. */
class JourneyTextTest {
    @Test
    void anEventIsItsVerdictAndItsStepsWithTimesAndDelays() {
        JourneyText journey = text("""
                {"kind":"event","flow":null,"user":null,"event":{"eventId":"e-1","type":"task.created","publisher":"backend",
                 "user":"ada","flow":{"kind":"task","id":"t-1"},"code":"user_offline","outcome":"not_delivered","stoppedAt":"pushed",
                 "cause":"Nobody was there.","next":"Nothing.","causedBy":null,"caused":[{"eventId":"e-2","type":"notification.created"}],
                 "steps":[{"stage":"committed","at":"2026-02-07T12:00:00.000Z","by":"backend","detail":"in the outbox","delayMs":null},
                          {"stage":"published","at":"2026-02-07T12:00:00.012Z","by":"backend","detail":"accepted","delayMs":12},
                          {"stage":"routed","at":null,"by":"replica-1","detail":"1 connection","delayMs":null}]}}
                """);

        assertThat(journey.outcome()).isEqualTo("not_delivered");
        assertThat(journey.text().lines()).containsExactly("""
                event e-1
                  task.created by backend, user ada

                NOT DELIVERED: user offline, not pushed
                  Nobody was there.
                  Next: Nothing.
                  Belongs to task t-1
                  Caused notification.created e-2

                  committed     12:00:00.000             backend: in the outbox
                  published     12:00:00.012     +12 ms  backend: accepted
                  routed                                 replica-1: 1 connection
                """.split("\\n"));
    }

    @Test
    void aUserIsTheVerdictWithConnectionsAndEvents() {
        JourneyText journey = text("""
                {"kind":"user","event":null,"flow":null,"user":{"userId":"ada","code":"delivered","outcome":"delivered","stoppedAt":null,
                 "cause":"All were sent.","next":"Read the log.","waiting":[],
                 "connections":[{"replica":"replica-1","openedAt":"2026-02-07T12:00:00.000Z","closedAt":null,"behind":2}],
                 "events":[{"eventId":"e-1","type":"task.created","loggedAt":"2026-02-07T12:00:00.000Z","outcomes":["sent"]}]}}
                """);

        assertThat(journey.text())
                .contains("DELIVERED: delivered", "replica-1 since 2026-02-07T12:00:00.000Z: open, 2 events not sent")
                .contains("12:00:00.000  task.created             e-1  sent");
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() {
        assertThat(JourneyText.plain("a\u001b[31mb\nc")).isEqualTo("a\uFFFD[31mb\uFFFDc");
    }

    private static JourneyText text(String json) {
        return JourneyText.of(JsonMapper.shared().readTree(json));
    }
}
