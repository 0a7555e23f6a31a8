package dev.tidings.devkit;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of three numbers; a release candidate equals its release. */
record SidecarVersion(int major, int minor, int patch) implements Comparable<SidecarVersion> {

    private static final Pattern FORM = Pattern.compile("v?(\\d+)\\.(\\d+)\\.(\\d+)(?:[-+].*)?");
    private static final Comparator<SidecarVersion> ORDER = Comparator.comparingInt(SidecarVersion::major)
            .thenComparingInt(SidecarVersion::minor)
            .thenComparingInt(SidecarVersion::patch);

    static Optional<SidecarVersion> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new SidecarVersion(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    @Override
    public int compareTo(SidecarVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
