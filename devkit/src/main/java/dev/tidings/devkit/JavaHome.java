package dev.tidings.devkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A JDK of version {@value #MINIMUM} or later on this machine. */
public record JavaHome(Path home, int version) {

    public static final int MINIMUM = 25;

    private static final Pattern MAJOR = Pattern.compile("\"?(?:1\\.)?(\\d+).*");

    /**
     * Returns the first sufficient JDK of: the running JVM, {@code JAVA_HOME}, {@code java} on the path, and the usual folders.
     *
     * @throws IllegalStateException if there is none; the message lists the JDKs found and the remedy
     */
    public static JavaHome locate() {
        return locate(candidates(System.getenv(), Path.of(System.getProperty("user.home"))));
    }

    static JavaHome locate(List<Path> candidates) {
        List<String> tooOld = new ArrayList<>();
        for (Path home : candidates) {
            OptionalInt version = versionOf(home);
            if (version.isPresent() && version.getAsInt() >= MINIMUM) {
                return new JavaHome(home, version.getAsInt());
            }
            version.ifPresent(older -> tooOld.add(older + " in " + home));
        }
        throw new IllegalStateException("No JDK " + MINIMUM + " or later found"
                + (tooOld.isEmpty() ? "" : " (only " + String.join(", ", tooOld) + ")")
                + ". Install one, for instance Temurin " + MINIMUM
                + " from https://adoptium.net, and set JAVA_HOME if it"
                + " does not lie in a usual place.");
    }

    public Path java() {
        return home.resolve("bin/java");
    }

    private static List<Path> candidates(Map<String, String> env, Path userHome) {
        List<Path> all = new ArrayList<>();
        all.add(Path.of(System.getProperty("java.home")));
        Optional.ofNullable(env.get("JAVA_HOME"))
                .filter(s -> !s.isBlank())
                .map(Path::of)
                .ifPresent(all::add);
        Executables.onPath("java").flatMap(JavaHome::homeOfExecutable).ifPresent(all::add);
        all.addAll(inside(Path.of("/usr/lib/jvm"), ""));
        all.addAll(inside(Path.of("/usr/java"), ""));
        all.addAll(inside(Path.of("/opt/java"), ""));
        all.addAll(inside(userHome.resolve(".sdkman/candidates/java"), ""));
        all.addAll(inside(userHome.resolve(".jdks"), ""));
        all.addAll(inside(userHome.resolve(".local/share/mise/installs/java"), ""));
        all.addAll(inside(Path.of("/Library/Java/JavaVirtualMachines"), "Contents/Home"));
        all.addAll(inside(userHome.resolve("Library/Java/JavaVirtualMachines"), "Contents/Home"));
        return all;
    }

    /** Resolves {@code bin/java}, which may be a symbolic link. */
    private static Optional<Path> homeOfExecutable(Path java) {
        try {
            return Optional.ofNullable(java.toRealPath().getParent()).map(Path::getParent);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<Path> inside(Path folder, String below) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> homes = Files.list(folder)) {
            return homes.map(home -> home.resolve(below))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** Reads the version from the {@code release} file of a JDK or a runtime without a compiler, which is sufficient. */
    private static OptionalInt versionOf(Path home) {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/java"))) {
            return OptionalInt.empty();
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        } catch (IOException e) {
            return OptionalInt.empty();
        }
        return majorOf(properties.getProperty("JAVA_VERSION", ""));
    }

    static OptionalInt majorOf(String version) {
        Matcher matcher = MAJOR.matcher(version);
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
