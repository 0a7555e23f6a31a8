package dev.tidings.profiles;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * Stops the start of a service whose active profiles are not in the closed list, or contradict each other, or whose development
 * switches are on in production.
 */
public final class ProfileGuard implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {
    static final String VARIABLE = "TIDINGS_PROFILE";

    /** The same as a property. It activates no profile and can only confirm the active one. */
    private static final String PROPERTY = "tidings.profile";

    private static final String PRODUCTION = "production";
    private static final List<String> PROFILES = List.of("default", PRODUCTION);

    /** Development switches: property to environment variable. */
    private static final Map<String, String> SWITCHES = Map.of(
            "tidings.demo-data", "TIDINGS_DEMO_DATA",
            "tidings.demo-sign-in", "TIDINGS_DEMO_SIGN_IN",
            "tidings.socket.insecure", "TIDINGS_INSECURE");

    private final List<RoleProfiles> roles;

    /** Called by Spring Boot. */
    ProfileGuard() {
        this(roles());
    }

    ProfileGuard(List<RoleProfiles> roles) {
        this.roles = roles;
    }

    /** Before all other initializers. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        check(context.getEnvironment());
    }

    private void check(ConfigurableEnvironment environment) {
        // Without active profiles, Spring uses the default profiles, which can be set too.
        String[] chosen = environment.getActiveProfiles();
        List<String> active = List.of(chosen.length > 0 ? chosen : environment.getDefaultProfiles());

        Set<String> named = values(environment, VARIABLE, PROPERTY);
        refuseUnknown(named, PROFILES);
        Set<String> known = new HashSet<>(PROFILES);
        roles.forEach(role -> known.addAll(role.names()));
        refuseUnknown(active, known);
        if (active.stream().filter(PROFILES::contains).count() != 1) {
            throw new RefusedStartException(
                    "Exactly one of the profiles %s must be active, but the active ones are: %s."
                            .formatted(listed(PROFILES), listed(active)),
                    "Set the profile by %s alone.".formatted(VARIABLE));
        }
        refuseContradiction(VARIABLE, named, active);
        roles.forEach(role -> refuseContradiction(role.variable(), values(environment, role.variable()), active));
        if (active.contains(PRODUCTION)) {
            refuseSwitches(environment);
        }
    }

    private static void refuseUnknown(Collection<String> names, Collection<String> known) {
        Set<String> unknown = new TreeSet<>(names);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw unknown(unknown.stream().map("'%s'"::formatted).collect(Collectors.joining(", ")));
        }
    }

    /** @param what the unknown name, or a description of the mistake */
    static RefusedStartException unknown(String what) {
        String roles = roles().stream()
                .map(role -> " %s is one of: %s.".formatted(role.variable(), listed(new TreeSet<>(role.names()))))
                .collect(Collectors.joining());
        return new RefusedStartException(
                "Unknown profile: %s. The known profiles are: %s. Names are case-sensitive."
                        .formatted(what, listed(PROFILES)),
                "Set %s to a known profile, or unset it for the first one.%s".formatted(VARIABLE, roles));
    }

    /** Rejects a requested profile that is not active because another setting overrides it. */
    private static void refuseContradiction(String variable, Set<String> named, List<String> active) {
        if (!active.containsAll(named)) {
            throw new RefusedStartException(
                    "%s is %s, but the active profiles are: %s.".formatted(variable, listed(named), listed(active)),
                    "Set the profile by %s alone: remove spring.profiles.active and its like from the environment, the command line and the configuration files."
                            .formatted(VARIABLE));
        }
    }

    private static void refuseSwitches(ConfigurableEnvironment environment) {
        Binder binder = Binder.get(environment);
        Set<String> on = new TreeSet<>();
        SWITCHES.forEach((property, variable) -> {
            String value = binder.bind(property, String.class).orElse("").strip();
            if (!value.isEmpty() && !value.equalsIgnoreCase("false")) {
                on.add("%s (%s)".formatted(variable, property));
            }
        });
        if (!on.isEmpty()) {
            throw new RefusedStartException(
                    "Profile production rejects development switches, and these are on: %s.".formatted(listed(on)),
                    "Unset them in all sources of settings.");
        }
    }

    /** Returns the values of the settings in all sources. */
    private static Set<String> values(ConfigurableEnvironment environment, String... names) {
        return environment.getPropertySources().stream()
                .flatMap(source -> Arrays.stream(names).map(source::getProperty))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .collect(Collectors.toSet());
    }

    private static List<RoleProfiles> roles() {
        return SpringFactoriesLoader.forDefaultResourceLocation().load(RoleProfiles.class);
    }

    private static String listed(Collection<String> names) {
        return String.join(", ", names);
    }
}
