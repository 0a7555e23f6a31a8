package dev.tidings.backend.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** R-DP-6. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesIT {
    private static final Pattern LINKED = Pattern.compile("(?:href|src)=\"(/[^\"]+)\"");
    private static final Pattern IMPORTED = Pattern.compile("(?:\\bfrom|\\bimport)\\s*[\"']([^\"'\\s]+)[\"']");
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    private static final Pattern PAGE_LIST = Pattern.compile("const PAGES = \\[(.*?)]", Pattern.DOTALL);

    private RunningBackend backend;

    @BeforeAll
    void start() {
        backend = RunningBackend.withoutSidecar();
    }

    @AfterAll
    void stop() {
        backend.close();
    }

    @ParameterizedTest
    @MethodSource("pagesOfTheController")
    void everyPageIsThereForAnyoneUnderAPolicyThatAllowsNoForeignScript(String path) {
        Reply page = get(path);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=UTF-8");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self' 'sha256-", "ws://localhost:8004")
                .doesNotContain("unsafe");
    }

    @Test
    void everythingThatThePagesLoadIsThere() {
        String document = get("/").response().body();
        JsonNode imports = importMap(document);
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>();
        LINKED.matcher(document).results().map(link -> link.group(1)).forEach(next::add);

        while (!next.isEmpty()) {
            String path = next.remove();
            if (seen.add(path)) {
                Reply file = get(path);
                assertThat(file.status()).as(path).isEqualTo(200);
                if (path.endsWith(".js")) {
                    assertThat(file.header("Content-Type")).as(path).startsWith("text/javascript");
                    IMPORTED.matcher(file.response().body())
                            .results()
                            .map(found -> resolved(imports, path, found.group(1)))
                            .forEach(next::add);
                }
            }
        }

        assertThat(seen).contains("/client/index.js", "/pages/views/tasks.js").hasSizeGreaterThan(40);
    }

    @Test
    void theServiceWorkerIsThereForAllPagesAndChecksForItsNewVersionEachTime() {
        Reply worker = get("/service-worker.js");
        // The policy of this file holds for all that the worker does.
        assertThat(worker.header("Content-Security-Policy")).contains("connect-src 'self'");

        assertThat(worker.status()).isEqualTo(200);
        assertThat(worker.header("Content-Type")).startsWith("text/javascript");
        assertThat(worker.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(get("/").header("Content-Security-Policy")).contains("worker-src 'self'");
        List<String> pages = PAGE_LIST
                .matcher(worker.response().body())
                .results()
                .flatMap(list ->
                        Pattern.compile("'([^']+)'").matcher(list.group(1)).results())
                .map(page -> page.group(1))
                .toList();
        assertThat(pages)
                .isNotEmpty()
                .allSatisfy(page ->
                        assertThat(get(page).header("Content-Type")).as(page).startsWith("text/html"));
        assertThat(pages).containsExactly(pagesOfTheController());
    }

    @Test
    void aFileIsSentAgainOnlyIfItChanged() {
        String etag = get("/pages/app.js").header("ETag");

        Reply again = backend.send(HttpRequest.newBuilder(backend.uri("/pages/app.js"))
                .header("If-None-Match", etag)
                .build());

        assertThat(again.status()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pages/../api/tasks",
                "/pages/%2e%2e/api/tasks",
                "/pages//api/tasks",
                "/webjars/..;/api/tasks",
                "/client/.hidden",
                "/console/",
                "/console/nothing",
                "/nothing"
            })
    void noOtherPathIsOpen(String path) {
        assertThat(get(path).status()).isIn(400, 401);
    }

    @Test
    void thePagesAreToldWhereTheSocketIsAndThatNobodyMaySimplySignIn() {
        assertThat(get("/config.json").response().body())
                .isEqualTo(
                        "{\"apiUrl\":\"\",\"socketUrl\":\"ws://localhost:8004/ws\",\"currency\":\"EUR\",\"demoSignIn\":false,\"traceViewer\":\"\"}");
        assertThat(backend.send(HttpRequest.newBuilder(backend.uri("/api/v1/demo/token"))
                                .POST(HttpRequest.BodyPublishers.ofString("{\"user\":\"eve\",\"role\":\"admin\"}"))
                                .build())
                        .status())
                .isEqualTo(401);
    }

    private static String[] pagesOfTheController() {
        try {
            return PageController.class
                    .getDeclaredMethod("page")
                    .getAnnotation(GetMapping.class)
                    .path();
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private Reply get(String path) {
        return backend.send(HttpRequest.newBuilder(backend.uri(path)).build());
    }

    private static JsonNode importMap(String document) {
        List<MatchResult> found = IMPORT_MAP.matcher(document).results().toList();
        return new JsonMapper().readTree(found.getFirst().group(1)).path("imports");
    }

    /** As a browser does it. */
    private static String resolved(JsonNode imports, String importer, String name) {
        if (name.startsWith(".") || name.startsWith("/")) {
            return URI.create(importer).resolve(name).getPath();
        }
        String key = imports.propertyNames().stream()
                .filter(prefix -> name.equals(prefix) || (prefix.endsWith("/") && name.startsWith(prefix)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(importer + " imports " + name + ", unknown to the import map"));
        return imports.path(key).asString() + name.substring(key.length());
    }
}
