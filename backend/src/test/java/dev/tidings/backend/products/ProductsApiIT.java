package dev.tidings.backend.products;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.tokens.Role;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** R-OR-1: the product catalogue over HTTP, on the real database. */
class ProductsApiIT {
    private static RunningBackend backend;

    private final String sku = "sku-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        backend = RunningBackend.shared();
    }

    @Test
    void anAdministratorCreatesAndReplacesAProductAndAnyoneSeesIt() {
        Reply created = put(sku, "{\"name\": \"Tea & <b>more</b>\", \"unitPrice\": 4.5, \"active\": true}");
        assertThat(created.status()).as(created.response().body()).isEqualTo(201);
        assertThat(created.response().body())
                .isEqualTo("{\"sku\":\"%s\",\"name\":\"Tea & <b>more</b>\",\"unitPrice\":4.50,\"active\":true}"
                        .formatted(sku));
        assertThat(listed()).isEqualTo(created.json());

        Reply replaced = put(sku, "{\"name\": \"Tea\", \"unitPrice\": 999999.99, \"active\": false}");
        assertThat(replaced.status()).as(replaced.response().body()).isEqualTo(200);
        assertThat(listed()).isEqualTo(replaced.json());
        assertThat(listed().path("active").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, names = "ADMIN", mode = Mode.EXCLUDE)
    void nobodyElseWritesProducts(Role role) {
        Reply refused = backend.send(role, "somebody", "PUT", path(sku), "{}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(listed().isMissingNode()).isTrue();
    }

    @Test
    void anAnonymousRequestReadsAndWritesNothingElse() {
        HttpRequest.Builder put =
                HttpRequest.newBuilder(backend.uri(path(sku))).PUT(HttpRequest.BodyPublishers.ofString("{}"));
        assertThat(backend.send(put.header("Content-Type", "application/json").build())
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                | name,unitPrice,active
            {"name": " ", "unitPrice": 1, "active": true}                     | name
            {"name": 7, "unitPrice": 1, "active": true}                       | name
            {"name": "a\\u0000b", "unitPrice": 1, "active": true}             | name
            {"name": "a\\ud800b", "unitPrice": 1, "active": true}             | name
            {"name": "a\\nb", "unitPrice": 1, "active": true}                 | name
            {"name": "Tea", "unitPrice": 0, "active": true}                   | unitPrice
            {"name": "Tea", "unitPrice": -1, "active": true}                  | unitPrice
            {"name": "Tea", "unitPrice": 0.001, "active": true}               | unitPrice
            {"name": "Tea", "unitPrice": 1000000, "active": true}             | unitPrice
            {"name": "Tea", "unitPrice": 1e999999999, "active": true}         | unitPrice
            {"name": "Tea", "unitPrice": 1e-999999999, "active": true}        | unitPrice
            {"name": "Tea", "unitPrice": "1.00", "active": true}              | unitPrice
            {"name": "Tea", "unitPrice": null, "active": true}                | unitPrice
            {"name": "Tea", "unitPrice": 1, "active": "true"}                 | active
            {"name": "Tea", "unitPrice": 1, "active": true, "sku": "other"}   | sku
            {"name": "Tea", "unitPrice": 1, "active": true, "discount": 1}    | discount
            """)
    void everyMistakeOfAProductIsNamed(String body, String fields) {
        Reply refused = put(sku, body);

        assertThat(refused.status()).as(refused.response().body()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.blamed()).isEqualTo(List.of(fields.split(",")));
        assertThat(listed().isMissingNode()).isTrue();
    }

    @Test
    void aNameHasAtMost200CharactersHoweverManyBytesTheyHave() {
        String longest = "𝄞".repeat(200);
        String body = "{\"name\": \"%s\", \"unitPrice\": 1, \"active\": true}";

        assertThat(put(sku, body.formatted(longest)).status()).isEqualTo(201);
        assertThat(put(sku, body.formatted(longest + "x")).blamed()).containsExactly("name");
        assertThat(listed().path("name").stringValue()).isEqualTo(longest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-a", "%20", "a%20b", "a%2Fb", "%C3%A9", "a%25"})
    void aSkuThatCannotBeIsRefused(String wrong) {
        Reply refused = put(wrong, "{\"name\": \"Tea\", \"unitPrice\": 1, \"active\": true}");

        assertThat(refused.status()).as(refused.response().body()).isEqualTo(400);
        assertThat(refused.blamed()).containsExactly("sku");
    }

    @Test
    void aSkuHasAtMost64Characters() {
        String body = "{\"name\": \"Tea\", \"unitPrice\": 1, \"active\": false}";

        assertThat(put("x".repeat(65), body).blamed()).containsExactly("sku");
        assertThat(put("x".repeat(64), body).status()).isEqualTo(201);
    }

    @Test
    void aFullCatalogueTakesNoFurtherProductButReplacesTheOnesItHas() {
        String body = "{\"name\": \"Tea\", \"unitPrice\": 1, \"active\": true}";
        assertThat(put(sku, body).status()).isEqualTo(201);
        backend.jdbc().sql("""
                        INSERT INTO products (sku, name, unit_price, active)
                        SELECT 'filler-' || n, 'Filler', 1, false
                        FROM generate_series(1, 1000 - (SELECT count(*)::int FROM products)) n
                        """).update();
        try {
            Reply refused = put("one-more", body);
            assertThat(refused.status()).as(refused.response().body()).isEqualTo(409);
            assertThat(put(sku, body).status()).isEqualTo(200);
            assertThat(backend.send("anybody", "GET", "/api/v1/products", null)
                            .json()
                            .path("items")
                            .size())
                    .isEqualTo(1000);
        } finally {
            backend.jdbc().sql("DELETE FROM products WHERE sku LIKE 'filler-%'").update();
        }
    }

    private Reply put(String sku, String body) {
        return backend.send(Role.ADMIN, "the-admin", "PUT", path(sku), body);
    }

    private static String path(String sku) {
        return "/api/v1/admin/products/" + sku;
    }

    /** The product as a caller without a token sees it; missing if it is not listed. */
    private JsonNode listed() {
        Reply reply = backend.send(
                HttpRequest.newBuilder(backend.uri("/api/v1/products")).build());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("nextCursor").isNull()).isTrue();
        return reply.json()
                .path("items")
                .valueStream()
                .filter(product -> product.path("sku").stringValue().equals(sku))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
