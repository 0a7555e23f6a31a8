package dev.tidings.devkit;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Go programs that checks of the build run. {@code tools/<name>/go.mod} pins their versions. */
public final class GoTool {

    private GoTool() {}

    /**
     * Returns the program and builds it if necessary, which takes minutes.
     *
     * @param name name of the program and of its folder in {@code tools}
     * @param progress receives messages about the progress of a build
     * @throws IllegalStateException if it must be built and Go is missing
     */
    public static Path named(String name, Consumer<String> progress) {
        GoBuild build = new GoBuild(ProjectRoot.find().resolve("tools").resolve(name), progress);
        return build.cached()
                .orElseGet(() -> build.build(
                        build.findGo()
                                .orElseThrow(() -> new IllegalStateException(
                                        "The checks of the charts need " + name + ", which is built with Go "
                                                + GoBuild.MINIMUM_GO
                                                + " or later. Install it from https://go.dev/dl/ and try again.")),
                        "",
                        "tool"));
    }
}
