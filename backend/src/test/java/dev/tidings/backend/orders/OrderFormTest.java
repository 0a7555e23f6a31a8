package dev.tidings.backend.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OrderFormTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void anOrderIsReadWithItsPricesToTheCent() {
        assertThat(OrderForm.newOrder(order("\"sku\": \"A\", \"name\": \"Tea\", \"quantity\": 2, \"unitPrice\": 19.9")))
                .isEqualTo(new OrderForm.Draft(
                        List.of(new OrderForm.Line("A", 2, "Tea", new BigDecimal("19.90"))), "1 Main St\nLondon"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", \"name\": null", ", \"unitPrice\": null", ", \"name\": null, \"unitPrice\": null"})
    void nameAndPriceMayBeLeftOut(String rest) {
        assertThat(OrderForm.newOrder(order("\"sku\": \"A\", \"quantity\": 2" + rest))
                        .items())
                .containsExactly(new OrderForm.Line("A", 2, null, null));
    }

    @Test
    void anAddressMayComeInFields() {
        ObjectNode json = order("\"sku\": \"A\", \"name\": \"Tea\", \"quantity\": 1, \"unitPrice\": 1");
        json.set(
                "shippingAddress",
                JSON.readTree("{\"street\": \"1 Main St\", \"line2\": null, \"region\": \" \", \"city\": \"London\"}"));

        assertThat(OrderForm.newOrder(json).shippingAddress()).isEqualTo("1 Main St\nLondon");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "1000", "1000000", "1.5", "2.0", "\"2\"", "null", "99999999999999999999", "true"})
    void aQuantityThatNobodyOrdersIsRefused(String quantity) {
        assertThat(blamed("\"sku\": \"A\", \"name\": \"Tea\", \"unitPrice\": 1, \"quantity\": " + quantity))
                .containsExactly("items[0].quantity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.01", "-5", "1000000", "0.001", "1e999999999", "1e-999999999", "\"1.00\"", "[1]"})
    void aPriceThatNobodyPaysIsRefused(String price) {
        assertThat(blamed("\"sku\": \"A\", \"name\": \"Tea\", \"quantity\": 1, \"unitPrice\": " + price))
                .containsExactly("items[0].unitPrice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                            | items,shippingAddress",
                "{\"items\": [], \"shippingAddress\": \"a\"}   | items",
                "{\"items\": {}, \"shippingAddress\": \"a\"}   | items",
                "{\"items\": [7], \"shippingAddress\": \"a\"}  | items[0]",
                "{\"items\": [{}], \"shippingAddress\": \" \"} | items[0].sku,items[0].quantity,shippingAddress",
            })
    void everythingThatIsWrongIsNamed(String json, String fields) {
        assertThat(blamed((ObjectNode) JSON.readTree(json))).isEqualTo(List.of(fields.split(",")));
    }

    @Test
    void whatIsTooLongOrNoTextIsRefused() {
        ObjectNode order = order("\"sku\": \"%s\", \"name\": \"a\\u0000b\", \"quantity\": 1, \"unitPrice\": 1"
                .formatted("x".repeat(65)));
        order.put("shippingAddress", "y".repeat(501));

        assertThat(blamed(order)).containsExactly("items[0].sku", "items[0].name", "shippingAddress");
    }

    @Test
    void tooManyItemsAreRefusedWithoutReadingThem() {
        ObjectNode order = order("");
        order.set("items", JSON.valueToTree(Collections.nCopies(101, Map.of())));

        assertThat(blamed(order)).containsExactly("items");
    }

    @Test
    void nobodyNamesHisOwnTotal() {
        ObjectNode order = order("\"sku\": \"A\", \"name\": \"Tea\", \"quantity\": 1, \"unitPrice\": 1");
        order.put("total", 0.01);

        assertThat(blamed(order)).containsExactly("total");
    }

    @Test
    void aChangeNeedsAKnownStatusAndAReasonGoesWithACancellation() {
        assertThat(OrderForm.change(
                        (ObjectNode) JSON.readTree("{\"status\": \"cancelled\", \"reason\": \"sold out\"}")))
                .isEqualTo(new OrderForm.Change(OrderStatus.CANCELLED, "sold out"));
        for (String wrong : List.of(
                "{}",
                "{\"status\": \"lost\"}",
                "{\"status\": \"SHIPPED\"}",
                "{\"status\": 2}",
                "{\"status\": \"shipped\", \"reason\": \"x\"}",
                "{\"status\": \"shipped\", \"total\": 1}")) {
            ErrorResponseException refusal = catchThrowableOfType(
                    ErrorResponseException.class, () -> OrderForm.change((ObjectNode) JSON.readTree(wrong)));
            assertThat(refusal).as(wrong).isNotNull();
        }
    }

    private static ObjectNode order(String item) {
        return (ObjectNode)
                JSON.readTree("{\"items\": [{%s}], \"shippingAddress\": \"1 Main St\\nLondon\"}".formatted(item));
    }

    private static List<String> blamed(String item) {
        return blamed(order(item));
    }

    private static List<String> blamed(ObjectNode order) {
        ErrorResponseException refusal =
                catchThrowableOfType(ErrorResponseException.class, () -> OrderForm.newOrder(order));
        return JSON.valueToTree(refusal.getBody().getProperties())
                .path("errors")
                .valueStream()
                .map(error -> error.path("field").stringValue())
                .toList();
    }
}
