package dev.tidings.systemtests.browser;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The machine that the tests run on. */
enum ThisMachine implements BrowserSearch.Machine {
    INSTANCE;

    private static final long PATIENCE_MINUTES = 5;

    @Override
    public List<Path> path() {
        String path = System.getenv("PATH");
        return path == null
                ? List.of()
                : Arrays.stream(path.split(File.pathSeparator)).map(Path::of).toList();
    }

    @Override
    public boolean isExecutable(Path file) {
        return Files.isExecutable(file);
    }

    @Override
    public boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** What it says is on the console of the tests. */
    @Override
    public boolean run(List<String> command) {
        ProcessBuilder process = new ProcessBuilder(command).inheritIO();
        process.environment().put("DEBIAN_FRONTEND", "noninteractive");
        // Per attempt and server; without a network all of them together take less than a minute.
        process.environment().put("PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT", "5000");
        try {
            Process running = process.start();
            boolean isOver = running.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
            if (!isOver) {
                running.destroyForcibly();
            }
            return isOver && running.exitValue() == 0;
        } catch (IOException e) {
            System.err.println(String.join(" ", command) + ": " + e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
