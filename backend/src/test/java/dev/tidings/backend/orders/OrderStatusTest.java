package dev.tidings.backend.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.backend.orders.OrderStatus.Mover;
import dev.tidings.backend.orders.OrderStatus.Transition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R-OR-1: every pair of statuses, for both who may want it. */
class OrderStatusTest {
    private static final String STATUSES = "pending processing shipped delivered cancelled";

    /** Columns: what is wanted. {@code +} is taken, {@code =} changes nothing, {@code -} is refused. */
    @ParameterizedTest
    @CsvSource({
        "BUYER, pending,    = - - - +",
        "BUYER, processing, - = - - -",
        "BUYER, shipped,    - - = - -",
        "BUYER, delivered,  - - - = -",
        "BUYER, cancelled,  - - - - =",
        "ADMIN, pending,    = + + + +",
        "ADMIN, processing, - = + + +",
        "ADMIN, shipped,    - - = + +",
        "ADMIN, delivered,  - - - = -",
        "ADMIN, cancelled,  - - - - =",
    })
    void aStepIsTakenForwardOnlyAndByWhomItMay(Mover mover, String from, String expected) {
        OrderStatus status = OrderStatus.of(from).orElseThrow();
        String[] wanted = STATUSES.split(" ");
        String[] outcomes = expected.split(" ");

        for (int i = 0; i < wanted.length; i++) {
            Transition step = status.stepTo(OrderStatus.of(wanted[i]).orElseThrow(), mover);
            assertThat(sign(step)).as("%s: %s → %s", mover, from, wanted[i]).isEqualTo(outcomes[i]);
        }
    }

    private static String sign(Transition step) {
        return switch (step) {
            case Transition.Permitted() -> "+";
            case Transition.Unchanged() -> "=";
            case Transition.Forbidden(String why) -> why.isBlank() ? "no reason" : "-";
        };
    }
}
