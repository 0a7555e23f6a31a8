package dev.tidings.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The runnable jar that the build made of a service's module. */
final class ServiceJar {

    private ServiceJar() {}

    static Path of(Path projectRoot, String module) {
        Path target = projectRoot.resolve(module).resolve("target");
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, module + "-*.jar")) {
                for (Path jar : jars) {
                    if (!Objects.toString(jar.getFileName()).matches(".*-(sources|javadoc|tests)\\.jar")) {
                        return jar;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Could not list " + target, e);
            }
        }
        throw Problem.notBuilt(target.resolve(module + "-<version>.jar"));
    }
}
