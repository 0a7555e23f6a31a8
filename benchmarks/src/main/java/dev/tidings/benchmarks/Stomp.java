package dev.tidings.benchmarks;

import dev.tidings.devkit.ManagedProcess;
import dev.tidings.devkit.Readiness;
import dev.tidings.local.topology.LocalStack;
import java.nio.file.Path;
import java.time.Duration;

/** Spring's broker for STOMP 1.2 over WebSocket, with a relay through Redis. */
final class Stomp extends Peer {
    Stomp() {
        super("stomp", "JVMs");
    }

    @Override
    Path built(Path checkout) {
        return checkout.resolve("benchmarks/peers/stomp/target/stomp-peer.jar");
    }

    @Override
    ManagedProcess.Builder node(ManagedProcess.Builder process, Path checkout, LocalStack infrastructure) {
        return process.command(
                        System.getProperty("java.home") + "/bin/java",
                        "@" + checkout.resolve("images/java.options"),
                        "-Xmx512m",
                        "-jar",
                        built(checkout).toString())
                .env("DATABASE_URL", infrastructure.database().superuser().jdbcUrl() + "?user=postgres")
                .readyWhen(Readiness.logLine("Started StompPeer"), Duration.ofMinutes(2));
    }

    @Override
    String socketPath() {
        return "/stomp";
    }

    @Override
    String greeting() {
        return "CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n\0";
    }

    @Override
    Meaning meaning(String user, String packet) {
        if (packet.startsWith("CONNECTED")) {
            return new Meaning("SUBSCRIBE\nid:0\ndestination:/topic/" + user + "\n\n\0", true, false);
        }
        return packet.startsWith("MESSAGE") ? Meaning.EVENT : Meaning.NOTHING;
    }
}
