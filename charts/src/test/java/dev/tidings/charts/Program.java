package dev.tidings.charts;

import dev.tidings.devkit.GoTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program of the command line, run to its end. */
record Program(Path path) {

    /** @param output standard output; of a failed program, standard error after it */
    record Result(int exitCode, String output) {}

    /** One of those in {@code tools/}. */
    static Program tool(String name) {
        return new Program(GoTool.named(name, System.out::println));
    }

    Result run(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        try {
            Path errors = Files.createTempFile("errors", ".txt");
            try {
                Process process = builder.redirectError(errors.toFile()).start();
                process.getOutputStream().close();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                int exitCode = process.waitFor();
                return new Result(exitCode, exitCode == 0 ? output : output + Files.readString(errors));
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Result run(String... arguments) {
        return run(Map.of(), arguments);
    }
}
