package dev.tidings.local;

import dev.tidings.devkit.SidecarSpec;
import dev.tidings.devkit.TidingsDatabase;
import dev.tidings.devkit.TidingsDatabase.Login;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One process of a service, with its sidecar.
 *
 * @param name of the part; replicas of a service differ in it
 * @param service Dapr app id; equal for all replicas
 * @param module whose jar it runs
 * @param maxHeap as {@code -Xmx} takes it
 * @param login its role in the database
 * @param environment what only this one is told
 * @param sidecarOptions what only its sidecar is told
 */
record ServiceSpec(
        String name,
        String service,
        String module,
        int port,
        String maxHeap,
        Function<TidingsDatabase, Login> login,
        Map<String, String> environment,
        UnaryOperator<SidecarSpec> sidecarOptions) {

    String sidecar() {
        return LocalStack.sidecarName(name);
    }
}
