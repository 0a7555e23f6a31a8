package dev.tidings.local.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidings.topology.App;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortPlanTest {

    @Test
    void theServicesListenWhereTheDocumentsSay() {
        PortPlan plan = PortPlan.standard();

        assertThat(plan.backend()).isEqualTo(8000);
        assertThat(plan.websocketService(1)).isEqualTo(8004);
        assertThat(plan.websocketService(2)).isEqualTo(8005);
        assertThat(plan.websocketInternal(2)).isEqualTo(8105);
        assertThat(plan.worker(App.SESSION_WORKER)).isEqualTo(8012);
        assertThat(plan.sidecarHttp(8004)).isEqualTo(18004);
        assertThat(plan.sidecarGrpc(8004)).isEqualTo(28004);
    }

    @Test
    void aPortCanBeMovedAndWhatDependsOnItMovesAlong() {
        PortPlan plan = PortPlan.standardExcept(Map.of("websocket-service", 9004));

        assertThat(plan.websocketService(2)).isEqualTo(9005);
        assertThat(plan.websocketInternal(2)).isEqualTo(9105);
        assertThat(plan.backend()).isEqualTo(8000);
    }

    @Test
    void anUnknownPartIsRefusedWithTheOnesThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PortPlan.standardExcept(Map.of("mysql", 3306)))
                .withMessage(
                        "no port is named 'mysql'; there are backend, websocket-service, workers, examples, postgres,"
                                + " redis, kafka");
    }

    @Test
    void aPortWhoseSidecarWouldHaveNoneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PortPlan.standardExcept(Map.of("backend", 50_000)))
                .withMessageStartingWith("backend=50000 is no usable port");
    }
}
