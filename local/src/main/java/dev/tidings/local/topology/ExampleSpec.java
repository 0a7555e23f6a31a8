package dev.tidings.local.topology;

import dev.tidings.devkit.Executables;
import dev.tidings.local.supervision.Problem;
import java.nio.file.Path;
import java.util.List;

/**
 * A service in {@code examples}, which stands for an app of another team. Its sidecar loads the component of the examples only.
 *
 * @param appId Dapr app id, and name of the part
 * @param number distance of its port from the port of the first example
 * @param program the interpreter, found on the search path
 * @param script path below {@code examples}
 */
public record ExampleSpec(String appId, int number, String program, String script) {

    public static final ExampleSpec ANNOUNCEMENTS =
            new ExampleSpec("announcements", 0, "python3", "announcements/announcements.py");
    public static final ExampleSpec PURCHASE_FEED =
            new ExampleSpec("purchase-feed", 1, "node", "purchase-feed/purchase-feed.mjs");

    static final List<ExampleSpec> ALL = List.of(ANNOUNCEMENTS, PURCHASE_FEED);

    public int port(PortPlan ports) {
        return ports.example(number);
    }

    String sidecar() {
        return LocalStack.sidecarName(appId);
    }

    /** @throws Problem if the program is not on the search path */
    List<String> command(Path projectRoot) {
        Path found = Executables.onPath(program)
                .orElseThrow(() -> Problem.of(
                        "the example %s needs %s, which is not on the PATH. Install it, or start without --examples."
                                .formatted(appId, program)));
        return List.of(found.toString(), folder(projectRoot).resolve(script).toString());
    }

    static Path components(Path projectRoot) {
        return folder(projectRoot).resolve("components");
    }

    private static Path folder(Path projectRoot) {
        return projectRoot.resolve("examples");
    }
}
