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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** R-EV-3, R-EV-4, R-WS-5: whatever becomes of the connection, the page ends as it should, with each event applied once. */
@InBrowser
@Isolated("a busy machine is one more bad network")
class PagesSurviveBadNetworksIT {
    /** Longer than the pause between two polls, jitter included. */
    private static final String POLL_PAUSE = "00:40";

    /** Whether the page's files and its state are kept. */
    private static final String KEPT_FOR_OFFLINE = """
            async () => {
              const files = await (await caches.open('tidings-pages-1')).keys();
              const state = await new Promise((resolve) => {
                const opening = indexedDB.open('tidings', 1);
                opening.onsuccess = () => {
                  const records = opening.result.transaction('pages').objectStore('pages').getAll();
                  records.onsuccess = () => (opening.result.close(), resolve(records.result));
                };
              });
              const paths = files.map(({ url }) => new URL(url).pathname);
              return ['/', '/config.json', '/pages/views/notifications.js', '/client/tidings.js'].every((path) => paths.includes(path))
                && state.some(({ states }) => states.tasks?.length === 1);
            }""";

    /** Whether anything in the caches of the service worker mentions the person's token. */
    private static final String KEEPS_A_TOKEN = """
            async () => {
              const { token } = document.querySelector('tidings-app').session;
              const cache = await caches.open('tidings-pages-1');
              const texts = await Promise.all((await cache.keys()).map(async (key) => key.url + await (await cache.match(key)).text()));
              return texts.some((text) => text.includes(token));
            }""";

    /** Waits for all fetches of the screens that events have asked for, and for one more. */
    private static final String REFETCHED = "() => document.querySelector('tidings-app').session.learning.refetch()";

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
        await("one connection").until(() -> stack.replica(2).connectionsOf(user) == 1);
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
    void aPageIsOpenedWithoutANetworkAndShowsWhatItKnew() {
        Person person = people.signedIn(user, "user");
        Page page = person.goTo("Tasks");
        stack.tasks().create(token, "known before");
        assertThat(page.locator(".item .title")).hasText("known before");
        // Not waitForFunction: it takes the promise for the answer.
        await("the page is stored").until(() -> (Boolean) page.evaluate(KEPT_FOR_OFFLINE));
        people.expectComplaint("net::ERR_");
        people.expectComplaint("WebSocket connection to");

        person.context().setOffline(true);
        page.close();
        Page later = person.context().newPage();
        later.navigate("/tasks");
        assertThat(later.locator(".item .title")).hasText("known before");
        awaitStatus(later, "Offline");
        later.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/pictures/offline-start.png")));
        stack.tasks().create(token, "while it was offline");

        person.context().setOffline(false);
        awaitStatus(later, "Live");
        assertThat(later.locator(".item .title")).hasText(new String[] {"while it was offline", "known before"});
        assertThat((Boolean) later.evaluate(KEEPS_A_TOKEN))
                .as("a token is kept")
                .isFalse();
    }

    /** R-EV-4, R-PF-16: a failed refetch is not repeated by itself, but by whoever looks again, however alive the connection is. */
    @Test
    void theScreensFailDuringAPurchaseAndAreRightWhenSomebodyLooksAgain() {
        AtomicBoolean fails = new AtomicBoolean();
        Person student = people.arrived(
                Users.named("student"),
                "student",
                context -> context.route("**/api/v1/students/**", route -> {
                    if (fails.get()) {
                        route.fulfill(new Route.FulfillOptions().setStatus(503).setBody("{}"));
                    } else {
                        route.resume();
                    }
                }));
        student.awaitLive();
        Page page = student.page();
        PageLedger ledger = PageLedger.of(page);
        assertThat(page.locator("[data-overview]")).containsText("0 active courses");
        people.expectComplaint("503");

        fails.set(true);
        student.chooseCourse();
        page.getByText("Buy now").click();
        ledger.await(4);
        page.evaluate(REFETCHED);
        fails.set(false);
        assertThat(page.locator("[data-overview]")).containsText("0 active courses");
        page.evaluate("dispatchEvent(new Event('focus'))");
        assertThat(page.locator("[data-overview]")).containsText("10 upcoming sessions");
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);

        fails.set(true);
        page.evaluate(REFETCHED);
        fails.set(false);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This may be out of date");
        student.goTo("Learnings");
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
        student.screenshot("learnings-after-an-outage");
    }

    @Test
    void theTokenExpiresAndIsRenewedOnTheOpenConnection() {
        List<Instant> expiries = new CopyOnWriteArrayList<>();
        List<WebSocket> sockets = new CopyOnWriteArrayList<>();
        List<String> said = new CopyOnWriteArrayList<>();
        Person person = people.arrived(user, "user", context -> {
            context.route("**/api/v1/demo/token", route -> {
                Instant expiry = Instant.now().plusSeconds(expiries.isEmpty() ? 15 : 3600);
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
        stack.database().awaitLogged(user, 1);
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
        stack.database().awaitLogged(user, titles.size());
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
