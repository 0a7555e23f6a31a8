package dev.tidings.local.topology;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.local.supervision.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PortPlanIT {

    private final PortPlan plan = PortPlan.free();
    private final StackOptions options =
            StackOptions.standard(Path.of("")).withPorts(plan).withReplicas(2);

    @Test
    void aTakenPortIsNamedWithThePartThatNeedsItAndTheOptionThatHelps() throws IOException {
        try (ServerSocket _ = new ServerSocket(plan.kafka(), 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> plan.requireFree(options))
                    .withMessageMatching(
                            "port %d, which kafka needs, is taken.*\\. Stop that program, or choose another port with --port kafka=<port>\\."
                                    .formatted(plan.kafka()));
        }
    }

    @Test
    void aReplicaThatIsNotStartedNeedsNoPort() throws IOException {
        try (ServerSocket _ = new ServerSocket(plan.websocketService(3), 1, InetAddress.getLoopbackAddress())) {
            plan.requireFree(options);
        }
    }
}
