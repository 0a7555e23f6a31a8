package dev.tidings.devkit;

import java.util.Locale;

/** Operating system and processor, named as in the archives of binaries. */
record Platform(String os, String arch) {

    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /** Returns the platform of {@code os.name} and {@code os.arch}. */
    static Platform of(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String system = os.contains("linux") ? "linux" : os.contains("mac") ? "darwin" : "unsupported";
        String arch = switch (osArch) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            default -> "unsupported";
        };
        if (system.equals("unsupported") || arch.equals("unsupported")) {
            throw new IllegalStateException("Runs on Linux and macOS, amd64 or arm64; this is " + osName + " on "
                    + osArch + ". Use the containers instead (-P containers) or a Linux machine (WSL 2).");
        }
        return new Platform(system, arch);
    }
}
