package dev.tidings.benchmarks;

import dev.tidings.devkit.ManagedProcess;
import dev.tidings.devkit.Readiness;
import dev.tidings.local.topology.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Socket.IO with the Redis streams adapter, in the protocol of Engine.IO 4: the first digit is the kind of a packet. */
final class SocketIo extends Peer {
    SocketIo() {
        super("socketio", "Node.js");
    }

    @Override
    Path built(Path checkout) {
        return checkout.resolve("benchmarks/peers/socketio/node_modules");
    }

    @Override
    ManagedProcess.Builder node(ManagedProcess.Builder process, Path checkout, LocalStack infrastructure) {
        String database = infrastructure.database().superuser().jdbcUrl().replace("jdbc:postgresql://", "");
        return process.command(
                        "node", built(checkout).resolveSibling("server.mjs").toString())
                .env("DATABASE_URL", "postgres://postgres@" + database)
                .env("NODE_ENV", "production")
                .readyWhen(Readiness.logLine("listening"), Duration.ofMinutes(2));
    }

    @Override
    String socketPath() {
        return "/socket.io/?EIO=4&transport=websocket";
    }

    @Override
    @Nullable
    String greeting() {
        return null;
    }

    @Override
    Meaning meaning(String user, String packet) {
        if (packet.startsWith("0")) {
            return new Meaning("40{\"user\":\"" + user + "\"}", false, false);
        }
        if (packet.startsWith("2")) {
            return new Meaning("3", false, false); // a ping
        }
        if (packet.startsWith("40")) {
            return new Meaning(null, true, false);
        }
        return packet.startsWith("42") ? Meaning.EVENT : Meaning.NOTHING;
    }
}
