package dev.tidings.devkit;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Programs in Go that the checks of the build run. {@code tools/<name>/go.mod} names the version, so everybody has the same. */
public final class GoTool {

    private GoTool() {}

    /**
     * The program, built first where this user has not got it yet; that takes some minutes.
     *
     * @param name of the program and of its folder in {@code tools}
     * @param progress told how a build goes
     * @throws IllegalStateException if it has to be built and there is no Go
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
