package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.Flood;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Tasks;
import dev.tidings.systemtests.stack.Users;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * R-RL-2: requests beyond the backend's places are refused with a time to come back; what was accepted reaches the screens, and no
 * process ends. Only what is asserted here decides, never a measured time.
 */
@OnRunningStack
@Isolated("takes all of the machine")
class OverloadIsRefusedAndHarmsNothingIT {

    /** Several times what the backend serves and lets wait. */
    private static final int AT_ONCE = 400;

    private final Stack stack;

    OverloadIsRefusedAndHarmsNothingIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void everyAnswerIs201OrARefusalAndEveryCreatedTaskReachesItsScreen() {
        Map<String, Long> processes = stack.processes();
        List<Screen> screens = IntStream.range(0, 10)
                .mapToObj(n -> Users.named("crowd-" + n))
                .map(user ->
                        new Screen(user, stack.replica(1).connect(stack.tokens().of(user))))
                .toList();
        try {
            Flood flood = stack.flood(screens.stream().map(Screen::user).toList(), AT_ONCE, 4);

            assertThat(flood.statuses()).isSubsetOf(201, 429, 503).contains(201, 503);
            assertThat(flood.refusals()).allSatisfy(OverloadIsRefusedAndHarmsNothingIT::saysWhenToComeBack);
            screens.forEach(screen -> screen.awaitAll(flood.createdBy(screen.user())));
            assertThat(stack.processes()).isEqualTo(processes);
        } finally {
            screens.forEach(screen -> screen.client().close());
        }
    }

    /** A user with an open connection. */
    private record Screen(String user, SocketClient client) {

        void awaitAll(Set<String> titles) {
            await("all tasks of " + user).until(() -> client.ledger().titles().containsAll(titles));
            client.ledger().assertEachOnce();
        }
    }

    @Test
    void aUserWhoIsTheCauseIsTold429AndOthersAndProbesAreServed() {
        String patient = stack.tokens().of(Users.named("patient"));
        CompletableFuture<Flood> flood =
                CompletableFuture.supplyAsync(() -> stack.flood(List.of(Users.named("greedy")), AT_ONCE, 4));

        while (!flood.isDone()) {
            assertThat(postUntilNotBusy(patient).status()).isEqualTo(201);
            assertThat(Http.get(stack.backend().resolve("/health/ready")).status())
                    .isEqualTo(200);
        }

        assertThat(flood.join().statuses()).isSubsetOf(201, 429, 503).contains(201, 429);
        assertThat(flood.join().refusals()).allSatisfy(OverloadIsRefusedAndHarmsNothingIT::saysWhenToComeBack);
    }

    /** On a busy machine a request may wait in the queue for too long, whoever is the cause; its client then tries again. */
    private Http.Answer postUntilNotBusy(String token) {
        return await("a task of another user")
                .until(() -> stack.tasks().post(token, Tasks.title("in between")), answer -> answer.status() != 503);
    }

    private static void saysWhenToComeBack(Flood.Refusal refusal) {
        assertThat(refusal.retryAfter()).isPositive();
        assertThat(refusal.answer().contentType()).startsWith("application/problem+json");
        assertThat(refusal.answer().json().path("status").asInt())
                .isEqualTo(refusal.answer().status());
        assertThat(refusal.answer().json().path("errors").isArray()).isTrue();
    }
}
