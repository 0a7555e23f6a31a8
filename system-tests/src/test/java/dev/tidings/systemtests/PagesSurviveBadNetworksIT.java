package dev.tidings.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.tidings.systemtests.browser.Person.awaitStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import dev.tidings.systemtests.browser.InBrowser;
import dev.tidings.systemtests.browser.PageLedger;
import dev.tidings.systemtests.browser.People;
import dev.tidings.systemtests.browser.Person;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Traffic;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R-EV-3, R-EV-4, R-WS-5: whatever becomes of the connection, the page ends as it should, with each event applied once. */
@InBrowser
class PagesSurviveBadNetworksIT {
    /** Longer than the pause between two polls, jitter included. */
    private static final String POLL_PAUSE = "00:40";

    private final Stack stack;
    private final People people;
    private final String user = Users.named("traveller");
    private final String token;

    PagesSurviveBadNetworksIT(Stack stack, People people) {
        this.stack = stack;
        this.people = people;
        this.token = stack.tokens().of(user);
    }

    @AfterEach
    void allIsWellAgain() {
        stack.awaitHealthy();
    }

    @Test
    void aReplicaIsKilledInMidStream() {
        Person person = people.signedIn(user, "user");
        Page page = person.goTo("Tasks");
        PageLedger ledger = PageLedger.of(page);
        people.expectComplaint("WebSocket connection to");
        people.expectComplaint("net::ERR_");

        Traffic traffic = Traffic.start(stack, user);
        ledger.await(20);
        stack.kill(stack.replica(1));
        ledger.await(ledger.count() + 20);
        traffic.stop();

        awaitStatus(page, "Live");
        assertShowsEverythingOnce(page, ledger);
        assertThat(stack.replica(2).connectionsOf(user)).isEqualTo(1);
    }

    @Test
    void theDeviceIsOfflineForAWhile() {
        Person person = people.signedIn(user, "user");
        Page page = person.goTo("Tasks");
        PageLedger ledger = PageLedger.of(page);
        stack.tasks().create(token, "before");
        ledger.await(1);
        people.expectComplaint("net::ERR_");
        people.expectComplaint("WebSocket connection to");

        person.context().setOffline(true);
        stack.cutPages();
        awaitStatus(page, "Offline");
        stack.tasks().create(token, "while it was offline");
        page.getByLabel("New task").fill("cannot be added now");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add"))
                .click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The service cannot be reached just now");
        assertThat(page.locator(".item .title")).hasText(new String[] {"before"});

        person.context().setOffline(false);
        awaitStatus(page, "Live");
        ledger.await(2);
        assertShowsEverythingOnce(page, ledger);
        assertThat(page.locator(".item .title")).hasCount(2);
    }

    @Test
    void theTokenExpiresAndIsRenewedOnTheOpenConnection() {
        List<Instant> expiries = new CopyOnWriteArrayList<>();
        List<WebSocket> sockets = new CopyOnWriteArrayList<>();
        List<String> said = new CopyOnWriteArrayList<>();
        Person person = people.arrived(user, "user", context -> {
            context.route("**/api/v1/demo/token", route -> {
                Instant expiry = Instant.now().plusSeconds(expiries.isEmpty() ? 10 : 3600);
                expiries.add(expiry);
                signIn(route, expiry);
            });
            context.onPage(page -> page.onWebSocket(socket -> {
                sockets.add(socket);
                socket.onFrameReceived(frame -> said.add(frame.text()));
            }));
        });
        Page page = person.goTo("Tasks");
        person.awaitLive();
        PageLedger ledger = PageLedger.of(page);

        page.waitForCondition(() -> said.stream().anyMatch(text -> text.contains("\"type\":\"renewed\"")));
        page.waitForCondition(() -> Instant.now().isAfter(expiries.getFirst()));
        stack.tasks().create(token, "after the first token");
        ledger.await(1);
        assertShowsEverythingOnce(page, ledger);
        assertThat(sockets).hasSize(1).noneMatch(WebSocket::isClosed);
    }

    @Test
    void aProxyBlocksWebSocketsUntilItDoesNot() {
        AtomicBoolean isBlocked = new AtomicBoolean(true);
        Person person = people.arrived(user, "user", context -> blockSockets(context, isBlocked));
        Page page = person.goTo("Tasks");
        awaitStatus(page, "Checking regularly");
        PageLedger ledger = PageLedger.of(page);

        stack.tasks().create(token, "by polling");
        await("the log").until(() -> stack.database().logged(user) == 1);
        page.clock().fastForward(POLL_PAUSE);
        ledger.await(1);
        assertThat(page.locator(".item .title")).hasText(new String[] {"by polling"});
        awaitStatus(page, "Checking regularly");
        assertThat(stack.replica(1).connectionsOf(user)).isZero();

        isBlocked.set(false);
        page.clock().fastForward(POLL_PAUSE);
        awaitStatus(page, "Live");
        stack.tasks().create(token, "by the socket");
        ledger.await(2);
        assertShowsEverythingOnce(page, ledger);
        assertThat(ledger.duplicates()).isZero();
    }

    private void assertShowsEverythingOnce(Page page, PageLedger ledger) {
        List<String> titles = stack.tasks().titles(token);
        await("the log").until(() -> stack.database().logged(user) == titles.size());
        ledger.assertEachOnce(stack.database().eventsOf(user));
        assertThat(page.locator(".item .title")).hasText(titles.toArray(String[]::new));
    }

    private void signIn(Route route, Instant expiry) {
        String token = stack.tokens().of(user, Role.USER, Duration.between(Instant.now(), expiry));
        route.fulfill(new Route.FulfillOptions()
                .setContentType("application/json")
                .setBody("{\"token\":\"%s\"}".formatted(token)));
    }

    /** As a proxy does that knows nothing of upgrades; the page's time is the test's. */
    private static void blockSockets(BrowserContext context, AtomicBoolean isBlocked) {
        context.clock().install();
        context.routeWebSocket("**/ws", (WebSocketRoute socket) -> {
            if (isBlocked.get()) {
                socket.close();
            } else {
                socket.connectToServer();
            }
        });
    }
}
