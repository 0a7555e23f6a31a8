package dev.tidings.devkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
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

    /** A second class loader stands for a second process. */
    @Test
    void anotherProcessChoosesFromAnotherBlock() throws Exception {
        URL classes = Ports.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader other = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            Object port =
                    other.loadClass(Ports.class.getName()).getMethod("free").invoke(null);
            assertThat((int) port / 100).isNotEqualTo(Ports.free() / 100);
        }
    }
}
