package dev.tidings.devkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void noPortIsGivenTwice() {
        assertThat(IntStream.range(0, 100).map(i -> Ports.free()).boxed()).doesNotHaveDuplicates();
    }

    @Test
    void noOutgoingConnectionCanTakeThem() throws Exception {
        int port = Ports.free();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            assertThat(port).isLessThan(client.getLocalPort()).isLessThan(server.getLocalPort());
        }
    }

    @Test
    void aPortSomebodyListensOnIsNotFree() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.isFree(server.getLocalPort())).isFalse();
        }
    }
}
